// One update of each kind as Meta documents it, for a member who writes and for a message that was sent.
// https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks, May 2026.
interface About {
  number: string;
  userId: string;
  wamid: string;
  callback: string;
  at: string;
}

const metadata = { display_phone_number: '420228880100', phone_number_id: '1065' };
const value = (more: object) => ({ messaging_product: 'whatsapp', metadata, ...more });

type Update = [name: string, field: string, value: object];

function inbound({ number, userId, at }: About): Update[] {
  const contacts = [{ profile: { name: 'Eva N.', username: '@eva' }, wa_id: number, user_id: userId }];
  const message = (type: string, content: object, place: number): Update => [
    `a message of type ${type}`,
    'messages',
    value({
      contacts,
      messages: [
        { from: number, from_user_id: userId, id: `wamid.doc.${place}`, timestamp: at, type, ...content },
      ],
    }),
  ];
  return [
    message('text', { text: { body: 'Díky!' }, context: { id: 'wamid.unknown' } }, 1),
    message('button', { button: { payload: 'later', text: 'Později' } }, 2),
    message(
      'interactive',
      { interactive: { type: 'button_reply', button_reply: { id: '1', title: 'Ano' } } },
      3,
    ),
    message('image', { image: { id: 'm1', mime_type: 'image/jpeg', sha256: 'x', caption: 'Hele' } }, 4),
    message('reaction', { reaction: { message_id: 'wamid.1', emoji: '👍' } }, 5),
    message('location', { location: { latitude: 50.1, longitude: 14.4 } }, 6),
    message('unsupported', { errors: [{ code: 131051, title: 'Unsupported message type' }] }, 7),
    message('system', { system: { body: 'changed', type: 'user_changed_user_id', user_id: 'CZ.2' } }, 8),
    [
      'a message of somebody who hides the number',
      'messages',
      value({
        contacts: [{ profile: { name: 'Eva' }, user_id: userId }],
        messages: [
          { from_user_id: userId, id: 'wamid.doc.9', timestamp: at, type: 'text', text: { body: 'Ahoj' } },
        ],
      }),
    ],
  ];
}

function statuses({ number, userId, wamid, callback, at }: About): Update[] {
  const status = (name: string, more: object = {}): Update => [
    `a status ${name}`,
    'messages',
    value({
      statuses: [
        {
          id: wamid,
          status: name,
          timestamp: at,
          recipient_id: number,
          recipient_user_id: userId,
          biz_opaque_callback_data: callback,
          ...more,
        },
      ],
    }),
  ];
  const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'marketing' };
  const errors = [
    {
      code: 131049,
      title: 'x',
      message: 'x',
      error_data: { details: 'y' },
      href: 'https://developers.facebook.com',
    },
  ];
  return [
    status('sent', { pricing }),
    status('delivered', { pricing }),
    status('read'),
    status('played'),
    status('failed', { errors }),
    status('warned_of_tomorrow'),
  ];
}

function account({ number, userId }: About): Update[] {
  return [
    [
      'a wish in WhatsApp’s own settings',
      'user_preferences',
      value({
        contacts: [{ profile: { name: 'Eva' }, wa_id: number, user_id: userId }],
        user_preferences: [
          {
            wa_id: number,
            user_id: userId,
            detail: 'x',
            category: 'marketing_messages',
            value: 'resume',
            timestamp: 1731705721,
          },
        ],
      }),
    ],
    [
      'a template’s status',
      'message_template_status_update',
      {
        event: 'APPROVED',
        message_template_id: 12,
        message_template_name: 'reactivation_v1',
        message_template_language: 'cs',
        reason: 'NONE',
        message_template_category: 'MARKETING',
      },
    ],
    [
      'a template’s quality',
      'message_template_quality_update',
      {
        previous_quality_score: 'GREEN',
        new_quality_score: 'YELLOW',
        message_template_name: 'reactivation_v1',
        message_template_language: 'cs',
      },
    ],
    [
      'a template’s category',
      'template_category_update',
      {
        message_template_name: 'reactivation_v1',
        message_template_language: 'cs',
        previous_category: 'MARKETING',
        new_category: 'MARKETING',
      },
    ],
    [
      'the number’s quality',
      'phone_number_quality_update',
      { display_phone_number: '1', event: 'UPGRADE', current_limit: 'TIER_10K' },
    ],
    [
      'the account’s limit',
      'business_capability_update',
      { max_daily_conversations_per_business: 2000, max_phone_numbers_per_business: 2 },
    ],
    ['the account', 'account_update', { phone_number: '1', event: 'VERIFIED_ACCOUNT' }],
    [
      'an alert',
      'account_alerts',
      { entity_type: 'BUSINESS', alert_info: { alert_severity: 'INFORMATIONAL', alert_type: 'NEWS' } },
    ],
    [
      'a new user id',
      'user_id_update',
      value({
        user_id_update: [
          { wa_id: number, user_id: { previous: userId, current: 'CZ.3' }, timestamp: '1749416383' },
        ],
      }),
    ],
    ['a field of tomorrow', 'something_new', { anything: [1, { at: 'all' }] }],
  ];
}

export const documentedUpdates = (about: About): Update[] => [
  ...inbound(about),
  ...statuses(about),
  ...account(about),
];
