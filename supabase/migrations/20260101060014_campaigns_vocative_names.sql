-- The names whose address form is known: the most frequent ones in the Czech Republic, Ukraine and Bulgaria.
-- Each is written Name=Vocative, or once where the two are the same; a name of which one is not certain is left out.
-- Bulgarian addresses women, and men whose names end in a vowel or й, by the name as it is. Short forms are in where people register with
-- them. Names that lost their accents (Lukas, Tomas) are not: some bearers write them so.
create function pg_temp.add_names(p_language text, p_names text) returns void
language sql as $$
  insert into campaigns.vocatives (language, name, vocative)
  select p_language, split_part(word.pair, '=', 1), split_part(word.pair, '=', case when word.pair like '%=%' then 2 else 1 end)
  from regexp_split_to_table(btrim(p_names, E' \n'), '\s+') as word (pair)
$$;

select pg_temp.add_names(
  'cs',
  $names$
    Abraham=Abrahame Adam=Adame Adele Adolf=Adolfe Adrian=Adriane Adriana=Adriano Adrián=Adriáne Adéla=Adélo Agáta=Agáto
    Alan=Alane Albert=Alberte Alena=Aleno Alexandr=Alexandře Alexandra=Alexandro Alexej=Alexeji Aleš=Aleši Alfred=Alfrede
    Alfréd=Alfréde Alice Alina=Alino Alois=Aloisi Alžbeta=Alžbeto Alžběta=Alžběto Amanda=Amando Ambrož=Ambroži Amálie Anastázie
    Andrea=Andreo Andrej=Andreji André Anděla=Andělo Aneta=Aneto Anežka=Anežko Angela=Angelo Angelika=Angeliko Angelina=Angelino
    Anita=Anito Anna=Anno Anton=Antone Antonie Antonín=Antoníne Antonína=Antoníno Apolena=Apoleno Apolonie Arnošt=Arnošte
    Artem=Arteme Artur=Arture Astrid Attila=Attilo August=Auguste Augustin=Augustine Augustýn=Augustýne Aurélie Barbora=Barboro
    Bartoloměj=Bartoloměji Barunka=Barunko Barča=Barčo Beata=Beato Beatrice Bedřich=Bedřichu Ben=Bene Benedikt=Benedikte
    Benjamin=Benjamine Benjamín=Benjamíne Bernard=Bernarde Berta=Berto Betty Beáta=Beáto Bianka=Bianko Blanka=Blanko
    Blažej=Blažeji Blažena=Blaženo Bogdan=Bogdane Bohdan=Bohdane Bohdana=Bohdano Bohouš=Bohouši Bohumil=Bohumile Bohumila=Bohumilo
    Bohunka=Bohunko Bohuslav=Bohuslave Bohuslava=Bohuslavo Bohuš=Bohuši Boleslav=Boleslave Boris=Borisi Bořek=Bořku
    Bořivoj=Bořivoji Božena=Boženo Branimír=Branimíre Branislav=Branislave Branislava=Branislavo Brigita=Brigito
    Bronislav=Bronislave Bronislava=Bronislavo Bruno Bára=Báro Běla=Bělo Bětka=Bětko Břetislav=Břetislave Carmen Cecilie Cecílie
    Charlotte Chloe Ctibor=Ctibore Ctirad=Ctirade Cyprián=Cypriáne Cyril=Cyrile Dagmar Dagmara=Dagmaro Dalibor=Dalibore
    Damián=Damiáne Dan=Dane Dana=Dano Danica=Danico Daniel=Danieli Daniela=Danielo Danuše Darina=Darino David=Davide Denis=Denisi
    Denisa=Deniso Diana=Diano Dita=Dito Dobromír=Dobromíre Dominik=Dominiku Dominika=Dominiko Doris Dorota=Doroto
    Doubravka=Doubravko Drahomír=Drahomíre Drahomíra=Drahomíro Drahuše Dušan=Dušane Dávid=Dávide Dáša=Dášo Edgar=Edgare
    Edita=Edito Eduard=Eduarde Edvin=Edvine Ela=Elo Elena=Eleno Elisabeth Elizabeth Eliáš=Eliáši Eliška=Eliško Ella=Ello Ellen
    Ema=Emo Emanuel=Emanueli Emerich=Emerichu Emil=Emile Emilie Emily Emma=Emmo Emílie Erik=Eriku Erika=Eriko Ernest=Erneste
    Ervin=Ervine Ester Eugen=Eugene Eugenie Eulálie Eva=Evo Evelina=Evelino Evelyn Evelína=Evelíno Evžen=Evžene Evženie
    Fabián=Fabiáne Felix=Felixi Ferdinand=Ferdinande Filip=Filipe Filipa=Filipo Florián=Floriáne Franta=Franto Františka=Františko
    Frederik=Frederiku Fridrich=Fridrichu Gabriel=Gabrieli Gabriela=Gabrielo Galina=Galino Gerhard=Gerharde Gizela=Gizelo
    Gustav=Gustave Hana=Hano Hanka=Hanko Hanuš=Hanuši Havel=Havle Hedvika=Hedviko Helena=Heleno Helga=Helgo Henrieta=Henrieto
    Henrik=Henriku Herbert=Herberte Hermína=Hermíno Honza=Honzo Horymír=Horymíre Hubert=Huberte Hugo Hynek=Hynku Ida=Ido
    Ignác=Ignáci Igor=Igore Ihor=Ihore Ilona=Ilono Imrich=Imrichu Ingrid Inka=Inko Irena=Ireno Irina=Irino Iris Iryna=Iryno
    Isabella=Isabello Isabelle Iva=Ivo Ivan=Ivane Ivana=Ivano Ivanka=Ivanko Ivanna=Ivanno Iveta=Iveto Ivo Ivona=Ivono
    Izabela=Izabelo Izidor=Izidore Izák=Izáku Jacqueline Jakub=Jakube Jan=Jane Jana=Jano Jarda=Jardo Jarek=Jarku Jarka=Jarko
    Jarmil=Jarmile Jarmila=Jarmilo Jaromír=Jaromíre Jaroslav=Jaroslave Jaroslava=Jaroslavo Jaruška=Jaruško Jennifer Jenny
    Jeremiáš=Jeremiáši Jeroným=Jeronýme Jessica=Jessico Jindra=Jindro Jindřich=Jindřichu Jindřiška=Jindřiško Jirka=Jirko
    Jitka=Jitko Jiřina=Jiřino Jiřka=Jiřko Jiří Joachim=Joachime Johana=Johano Jolana=Jolano Jonáš=Jonáši Josef=Josefe
    Josefa=Josefo Josefína=Josefíno Jozef=Jozefe Jozefína=Jozefíno Judita=Judito Juliana=Juliano Julie Julián=Juliáne
    Juliána=Juliáno Juraj=Juraji Justin=Justine Justina=Justino Justýna=Justýno Jáchym=Jáchyme Ján=Jáne Júlie Kamil=Kamile
    Kamila=Kamilo Karel=Karle Karin Karina=Karino Karla=Karlo Karmen Karolina=Karolino Karolína=Karolíno Katarina=Katarino
    Katarína=Kataríno Kateřina=Kateřino Katka=Katko Kazimír=Kazimíre Kačka=Kačko Kašpar=Kašpare Kevin=Kevine Kilián=Kiliáne
    Klaudie Klement=Klemente Klára=Kláro Konrád=Konráde Konstantin=Konstantine Kornélie Kristian=Kristiane Kristina=Kristino
    Kristián=Kristiáne Kristýna=Kristýno Kryštof=Kryštofe Kuba=Kubo Kvido Květa=Květo Květoslav=Květoslave Květoslava=Květoslavo
    Květuše Kája=Kájo Káťa=Káťo Lada=Lado Ladislav=Ladislave Ladislava=Ladislavo Lara=Laro Larisa=Lariso Laura=Lauro Lea=Leo
    Lenka=Lenko Leo Leon=Leone Leona=Leono Leonard=Leonarde Leonie Leontýna=Leontýno Leopold=Leopolde Leoš=Leoši Lev=Lve
    Libor=Libore Libuše Liběna=Liběno Lidmila=Lidmilo Liliana=Liliano Lina=Lino Linda=Lindo Ljuba=Ljubo Luba=Lubo Lubomír=Lubomíre
    Lubor=Lubore Luboslava=Luboslavo Luboš=Luboši Lucie Lucka=Lucko Lucy Ludmila=Ludmilo Ludvika=Ludviko Ludvík=Ludvíku
    Luděk=Luďku Luisa=Luiso Lujza=Lujzo Luka=Luko Lukáš=Lukáši Lumír=Lumíre Luďka=Luďko Lydie Láďa=Láďo Lída=Lído Líza=Lízo Lýdie
    Magda=Magdo Magdalena=Magdaleno Magdaléna=Magdaléno Mahulena=Mahuleno Manuel=Manueli Marcel=Marceli Marcela=Marcelo
    Marek=Marku Margit Marian=Mariane Mariana=Mariano Marianna=Marianno Marie Marika=Mariko Marina=Marino Marián=Mariáne
    Mark=Marku Marko Markéta=Markéto Marta=Marto Martin=Martine Martina=Martino Maruška=Maruško Mary Matouš=Matouši
    Matylda=Matyldo Matyáš=Matyáši Matúš=Matúši Matěj=Matěji Max=Maxi Maxim=Maxime Maxmilian=Maxmiliane Maxmilián=Maxmiliáne
    Medard=Medarde Melisa=Meliso Metoděj=Metoději Mia=Mio Michael=Michaeli Michaela=Michaelo Michal=Michale Michala=Michalo
    Michelle Mikuláš=Mikuláši Milada=Milado Milan=Milane Milana=Milano Milena=Mileno Milka=Milko Miloslav=Miloslave
    Miloslava=Miloslavo Miloš=Miloši Miluše Miluška=Miluško Mirek=Mirku Miriam Miriama=Miriamo Mirjana=Mirjano Mirka=Mirko Mirko
    Miroslav=Miroslave Miroslava=Miroslavo Mojmír=Mojmíre Monica=Monico Monika=Moniko Mína=Míno Míra=Míro Míša=Míšo
    Naděžda=Naděždo Naomi Natalie Natanael=Natanaeli Nataša=Natašo Natálie Naďa=Naďo Nela=Nelo Nelly Nicol Nicole Nika=Niko Nikol
    Nikola=Nikolo Nikolas=Nikolasi Nikoleta=Nikoleto Nina=Nino Noe Noemi Nora=Noro Norbert=Norberte Oksana=Oksano Olda=Oldo
    Oldřich=Oldřichu Oldřiška=Oldřiško Oleg=Olegu Olena=Oleno Olga=Olgo Olha=Olho Oliver=Olivere Olivie Ondra=Ondro Ondřej=Ondřeji
    Oskar=Oskare Ota=Oto Otakar=Otakare Otilie Oto Otokar=Otokare Otto Otýlie Oľga=Oľgo Pamela=Pamelo Patricie Patrik=Patriku
    Pavel=Pavle Pavla=Pavlo Pavlina=Pavlino Pavlína=Pavlíno Penelopa=Penelopo Pepa=Pepo Pepík=Pepíku Petr=Petře Petra=Petro
    Prokop=Prokope Péťa=Péťo Přemek=Přemku Přemysl=Přemysle Rachel Radana=Radano Radek=Radku Radim=Radime Radka=Radko
    Radmila=Radmilo Radomír=Radomíre Radoslav=Radoslave Radoslava=Radoslavo Rafael=Rafaeli Rastislav=Rastislave Rebeka=Rebeko
    Regina=Regino Regína=Regíno Renata=Renato Renáta=Renáto René Richard=Richarde Rita=Rito Robert=Roberte Robin=Robine
    Roland=Rolande Roman=Romane Romana=Romano Rostislav=Rostislave Roxana=Roxano Rozálie Rozárka=Rozárko Ruda=Rudo Rudolf=Rudolfe
    Ruslan=Ruslane Ruth Ráďa=Ráďo Ríša=Ríšo Róbert=Róberte Rút Růžena=Růženo Sabina=Sabino Sabrina=Sabrino Samanta=Samanto
    Samuel=Samueli Sandra=Sandro Saša=Sašo Sebastian=Sebastiane Sebastián=Sebastiáne Selma=Selmo Sergej=Sergeji Severin=Severine
    Silva=Silvo Silvie Simon=Simone Simona=Simono Slavomír=Slavomíre Slavěna=Slavěno Slávek=Slávku Slávka=Slávko Sněžana=Sněžano
    Sofie Soňa=Soňo Standa=Stando Stanislav=Stanislave Stanislava=Stanislavo Stefan=Stefane Stefanie Stela=Stelo Stella=Stello
    Stáňa=Stáňo Svatava=Svatavo Svatopluk=Svatopluku Svatoslav=Svatoslave Svitlana=Svitlano Světlana=Světlano Sylvie Sára=Sáro
    Tadeáš=Tadeáši Tamara=Tamaro Tatiana=Tatiano Tatjana=Tatjano Taťána=Taťáno Tea=Teo Teodor=Teodore Tereza=Terezo Terezie
    Terezka=Terezko Terka=Terko Theodor=Theodore Tibor=Tibore Tina=Tino Tobiáš=Tobiáši Tom=Tome Tomáš=Tomáši Tonda=Tondo
    Tristan=Tristane Táňa=Táňo Uljana=Uljano Ulrika=Ulriko Uršula=Uršulo Vadim=Vadime Valentin=Valentine Valentina=Valentino
    Valentýn=Valentýne Valentýna=Valentýno Valerie Vanda=Vando Vanesa=Vaneso Vanessa=Vanesso Vavřinec=Vavřinče Vašek=Vašku
    Vendelín=Vendelíne Vendula=Vendulo Vendulka=Vendulko Veronika=Veroniko Vesna=Vesno Viera=Viero Viktor=Viktore Viktorie
    Viliam=Viliame Vilma=Vilmo Vilém=Viléme Vincenc=Vincenci Vincent=Vincente Viola=Violo Vivien Vladan=Vladane Vladimír=Vladimíre
    Vladimíra=Vladimíro Vladislav=Vladislave Vladislava=Vladislavo Vladka=Vladko Vladěna=Vladěno Vlasta=Vlasto
    Vlastimil=Vlastimile Vlastimila=Vlastimilo Vláďa=Vláďo Vojta=Vojto Vojtěch=Vojtěchu Vratislav=Vratislave Václav=Václave
    Vít=Víte Vítek=Vítku Víťa=Víťo Věra=Věro Věrka=Věrko Věroslav=Věroslave Věroslava=Věroslavo Xenie Yveta=Yveto Yvetta=Yvetto
    Yvona=Yvono Zachariáš=Zachariáši Zbyněk=Zbyňku Zbyšek=Zbyšku Zdena=Zdeno Zdenda=Zdendo Zdenka=Zdenko Zdeněk=Zdeňku
    Zdeňka=Zdeňko Zdislav=Zdislave Zdislava=Zdislavo Zikmund=Zikmunde Zina=Zino Zita=Zito Zlata=Zlato Zlatka=Zlatko Zlatuše Zoe
    Zoltán=Zoltáne Zora=Zoro Zorka=Zorko Zuzana=Zuzano Zuzka=Zuzko Čeněk=Čeňku Čestmír=Čestmíre Ľubica=Ľubico Ľuboš=Ľuboši
    Ľudmila=Ľudmilo Řehoř=Řehoři Šarlota=Šarloto Šimon=Šimone Štefan=Štefane Štefanie Štěpán=Štěpáne Štěpána=Štěpáno
    Štěpánka=Štěpánko Šárka=Šárko Žaneta=Žaneto Žofie
  $names$
);

select pg_temp.add_names(
  'uk',
  $names$
    Єва=Єво Євген=Євгене Євгеній=Євгенію Євгенія=Євгеніє Євдокія=Євдокіє Єлисей=Єлисею Іван=Іване Іванка=Іванко Іванна=Іванно
    Ігор=Ігоре Ізабелла=Ізабелло Ізяслав=Ізяславе Ілля=Ілле Ілона=Ілоно Інга=Інго Інеса=Інесо Інна=Інно Іра=Іро Ірина=Ірино
    Августин=Августине Авксентій=Авксентію Аврора=Авроро Агата=Агато Адам=Адаме Аделіна=Аделіно Алла=Алло Альберт=Альберте
    Альбіна=Альбіно Альоша=Альошо Аліна=Аліно Аліса=Алісо Амелія=Амеліє Анастасія=Анастасіє Анатолій=Анатолію Ангеліна=Ангеліно
    Андрій=Андрію Андрійко=Андрійку Анна=Анно Антон=Антоне Антоніна=Антоніно Антін=Антоне Аня=Аню Аполінарія=Аполінаріє
    Арина=Арино Аркадій=Аркадію Арсен=Арсене Арсеній=Арсенію Артем=Артеме Артур=Артуре Аріна=Аріно Богдан=Богдане Богдана=Богдано
    Борис=Борисе Борислав=Бориславе Броніслав=Броніславе Вадим=Вадиме Валентин=Валентине Валентина=Валентино Валерій=Валерію
    Валерія=Валеріє Ваня=Ваню Василина=Василино Василь=Василю Вася=Васю Вероніка=Вероніко Влад=Владе Влада=Владо
    Владислав=Владиславе Владислава=Владиславо Вова=Вово Володимир=Володимире Всеволод=Всеволоде Віктор=Вікторе Вікторія=Вікторіє
    Віолета=Віолето Віолетта=Віолетто Віра=Віро Віргінія=Віргініє Віта=Віто Віталій=Віталію Віталіна=Віталіно Віталія=Віталіє
    В’ячеслав=В’ячеславе Гаврило=Гавриле Галина=Галино Галя=Галю Ганна=Ганно Геннадій=Геннадію Георгій=Георгію Герман=Германе
    Глорія=Глоріє Гліб=Глібе Гордій=Гордію Григорій=Григорію Гриша=Гришо Давид=Давиде Дана=Дано Данило=Даниле Даниїл=Даниїле
    Даніела=Даніело Дарина=Дарино Дар’я=Дар’є Даша=Дашо Демид=Демиде Дем’ян=Дем’яне Денис=Денисе Дмитро=Дмитре Домінік=Домініку
    Домініка=Домініко Діана=Діано Діма=Дімо Діна=Діно Ева=Ево Евеліна=Евеліно Едуард=Едуарде Елеонора=Елеоноро Елла=Елло
    Ельвіра=Ельвіро Еліна=Еліно Емма=Еммо Емілія=Еміліє Ернест=Ернесте Еріка=Еріко Жанна=Жанно Женя=Женю Захар=Захаре
    Зеновій=Зеновію Злата=Злато Зоряна=Зоряно Зоя=Зоє Зіна=Зіно Зінаїда=Зінаїдо Зіновій=Зіновію Йосип=Йосипе Казимир=Казимире
    Каміла=Каміло Камілла=Камілло Карина=Карино Каріна=Каріно Катерина=Катерино Катруся=Катрусю Катя=Катю Кирило=Кириле
    Клавдія=Клавдіє Клара=Кларо Клим=Климе Коля=Колю Корній=Корнію Костянтин=Костянтине Кристина=Кристино Ксенія=Ксеніє
    Кузьма=Кузьмо Кіра=Кіро Лаврентій=Лаврентію Лада=Ладо Лариса=Ларисо Лев=Леве Левко=Левку Леонід=Леоніде Лесь=Лесю Леся=Лесю
    Лука=Луко Лук’ян=Лук’яне Льоша=Льошо Люба=Любо Любава=Любаво Любов=Любове Любомир=Любомире Люда=Людо Людмила=Людмило
    Ліана=Ліано Ліда=Лідо Лідія=Лідіє Лілія=Ліліє Ліна=Ліно Магдалина=Магдалино Майя=Майє Макар=Макаре Макарій=Макарію Макс=Максе
    Максим=Максиме Маргарита=Маргарито Марина=Марино Марк=Марку Марко=Марку Маркіян=Маркіяне Марта=Марто Мартин=Мартине
    Маріанна=Маріанно Марічка=Марічко Марія=Маріє Мар’ян=Мар’яне Мар’яна=Мар’яно Матвій=Матвію Маша=Машо Меланія=Меланіє
    Микита=Микито Микола=Миколо Мирон=Мироне Мирослав=Мирославе Мирослава=Мирославо Михайло=Михайле Мойсей=Мойсею Мілада=Міладо
    Мілан=Мілане Мілана=Мілано Мілена=Мілено Міша=Мішо Надя=Надю Надія=Надіє Назар=Назаре Назарій=Назарію Настя=Настю
    Наталка=Наталко Наталя=Наталю Наталія=Наталіє Наташа=Наташо Нестор=Несторе Нонна=Нонно Ніка=Ніко Ніна=Ніно Одарка=Одарко
    Оксана=Оксано Олег=Олеже Олександр=Олександре Олександра=Олександро Олексій=Олексію Олена=Олено Оленка=Оленко Олесь=Олесю
    Олеся=Олесю Ольга=Ольго Оля=Олю Омелян=Омеляне Онуфрій=Онуфрію Орест=Оресте Орина=Орино Орися=Орисю Осип=Осипе Остап=Остапе
    Павлина=Павлино Павло=Павле Патрик=Патрику Паша=Пашо Пелагія=Пелагіє Петро=Петре Пилип=Пилипе Платон=Платоне Поліна=Поліно
    Прокопій=Прокопію Радим=Радиме Раїса=Раїсо Регіна=Регіно Рената=Ренато Римма=Риммо Рита=Рито Роберт=Роберте Родіон=Родіоне
    Роза=Розо Розалія=Розаліє Роксана=Роксано Роксолана=Роксолано Рома=Ромо Роман=Романе Ростислав=Ростиславе Руслан=Руслане
    Руслана=Руслано Рустам=Рустаме Сабрина=Сабрино Сабіна=Сабіно Сава=Саво Самуїл=Самуїле Сандра=Сандро Саша=Сашо Сашко=Сашку
    Святослав=Святославе Світлана=Світлано Северин=Северине Семен=Семене Сергій=Сергію Симон=Симоне Славко=Славку Сніжана=Сніжано
    Соломія=Соломіє Соня=Соню Софія=Софіє Станіслав=Станіславе Станіслава=Станіславо Стас=Стасе Стелла=Стелло Степан=Степане
    Стефан=Стефане Стефанія=Стефаніє Сільвія=Сільвіє Тамара=Тамаро Таміла=Таміло Таня=Таню Тарас=Тарасе Таїса=Таїсо Теодор=Теодоре
    Тереза=Терезо Тетяна=Тетяно Тимко=Тимку Тимофій=Тимофію Тимур=Тимуре Тихон=Тихоне Толя=Толю Трохим=Трохиме Уля=Улю Уляна=Уляно
    Устим=Устиме Устина=Устино Фаїна=Фаїно Федір=Федоре Філіп=Філіпе Хома=Хомо Христина=Христино Цецилія=Цециліє Юля=Юлю
    Юліан=Юліане Юліана=Юліано Юліанна=Юліанно Юлій=Юлію Юлія=Юліє Юра=Юро Юрко=Юрку Юрій=Юрію Юстина=Юстино Юхим=Юхиме
    Ядвіга=Ядвіго Яків=Якове Ян=Яне Яна=Яно Яніна=Яніно Ярема=Яремо Ярина=Ярино Яромир=Яромире Ярослав=Ярославе Ярослава=Ярославо
  $names$
);

select pg_temp.add_names(
  'bg',
  $names$
    Адриана Албена Александра Александър=Александре Алексей Ана Анастасия Анатоли Ангел=Ангеле Ангелика Ангелина Андрей Анелия
    Анета Ани Анна Антон=Антоне Антония Асен=Асене Ася Атанас=Атанасе Биана Биляна Бисер=Бисере Бистра Благо Благовеста Боби
    Богдан=Богдане Богдана Божана Божидар=Божидаре Борис=Борисе Борислав=Бориславе Боряна Боян=Бояне Бояна Валентин=Валентине
    Валентина Валери Валерия Ванеса Ваня Васил=Василе Василка Васко Велизар=Велизаре Велин=Велине Велина Велислав=Велиславе
    Велислава Венелин=Венелине Венета Венцислав=Венциславе Венцислава Вера Вероника Весела Веселин=Веселине Веселина Веска
    Виктор=Викторе Виктория Виолета Владимир=Владимире Владислав=Владиславе Вяра Габриела Галина Галя Ганка Ганчо Гена Генчо
    Георги Гергана Гинка Гошо Грета Григорий Дамян=Дамяне Даниел=Даниеле Даниела Даниил=Данииле Данчо Дарена Дарина Дебора
    Денислава Деница Десислава Деян=Деяне Диана Дима Димитрина Димитър=Димитре Димо Добри Добромир=Добромире Донка Дончо Дора
    Доротея Драган=Драгане Драгомир=Драгомире Ева Евгени Евгения Евелина Екатерина Елена Еленко Елеонора Елза Елина Елисавета
    Елица Ема Емануела Емануил=Емануиле Емил=Емиле Емилия Жаклин Жана Желю Желязко Женя Живка Живко Жоро Жулиета Захари Здравка
    Здравко Златан=Златане Златка Златко Зорница Зоя Ива Ивайло Иван=Иване Ивана Иванка Ивелин=Ивелине Ивелина Иво Игнат=Игнате
    Илиана Илия Ина Ирена Ирина Искра Искрен=Искрене Йоана Йордан=Йордане Йорданка Йосиф=Йосифе Калин=Калине Калина Калоян=Калояне
    Камелия Камен=Камене Карина Катерина Катя Кирил=Кириле Киро Кольо Константин=Константине Коста Красен=Красене Краси
    Красимир=Красимире Красимира Кремена Кристина Кристияна Крум=Круме Кубрат=Кубрате Лазар=Лазаре Лидия Лиляна Лина Лора Лука
    Лъчезар=Лъчезаре Любен=Любене Любов Любомир=Любомире Любомира Людмил=Людмиле Людмила Магдалена Мадлен Манол=Маноле Маргарита
    Мариана Марин=Марине Марина Маринела Марио Мария Марко Марта Мартин=Мартине Мартина Матей Мая Методи Мила Милан=Милане
    Милен=Милене Милена Милка Милчо Мимоза Минчо Мира Мирела Мирослав=Мирославе Мирослава Митко Михаела Михаил=Михаиле Мишо
    Момчил=Момчиле Моника Надежда Найден=Найдене Наско Наталия Начо Невена Недялка Нели Ненчо Ники Никол Никола Николай Николина
    Нина Нора Огнян=Огняне Огняна Олга Орлин=Орлине Павел=Павле Панайот=Панайоте Патриция Паулина Пенка Пенчо Пепа Петко Петра
    Петранка Петър=Петре Петя Пламен=Пламене Пламена Полина Преслав=Преславе Преслава Рада Радка Радослав=Радославе Радослава
    Радост Радостин=Радостине Радостина Райко Ралица Рангел=Рангеле Рая Ренета Рени Рита Роза Розалия Роман=Романе Росен=Росене
    Росица Ростислав=Ростиславе Румен=Румене Румяна Сабина Сава Савина Самуил=Самуиле Сашо Светла Светлана Светлин=Светлине
    Светльо Светослав=Светославе Светослава Свилен=Свилене Севдалина Северина Сергей Силвана Силвия Симеон=Симеоне Симона Сияна
    Слави Славка Славчо Снежана Соня Сотир=Сотире Софи София Спас=Спасе Стамен=Стамене Станислав=Станиславе Станислава Станчо
    Стела Стефан=Стефане Стефани Стефания Стефка Стилиян=Стилияне Стоил=Стоиле Стойко Стойчо Стоян=Стояне Стояна Стоянка Таня
    Татяна Теа Теменужка Теодор=Теодоре Теодора Тереза Тимотей Тина Тихомир=Тихомире Тодор=Тодоре Тодорка Тома Тони Тошо
    Траян=Траяне Траяна Трифон=Трифоне Фани Фидана Филип=Филипе Христина Християна Христо Цанко Цвета Цветан=Цветане Цветана
    Цветанка Цветелин=Цветелине Цветелина Цветко Цветомир=Цветомире Цонка Чавдар=Чавдаре Юлиана Юлий Юлия Юлиян=Юлияне Юри
    Явор=Яворе Яна Яни Яница Янка Янко Янчо Ярослава
  $names$
);

drop function pg_temp.add_names(text, text);
