// Fills a template with the parameters of a send, refusing what Meta refuses.
import { GraphError } from './graph-error.ts';
import type { SendComponent, TextParameter } from './send-request.ts';
import { componentOf, variablesOf } from './template-types.ts';
import type { Template } from './template-types.ts';

export interface RenderedButton {
  text: string;
  /** What a tap sends back. Only quick replies have one. */
  payload: string | null;
  url: string | null;
}

export interface RenderedMessage {
  header: string | null;
  body: string;
  footer: string | null;
  buttons: RenderedButton[];
}

const maxBodyLength = 1024;

function checkParameterText(text: string): void {
  if (text.trim() === '') throw new GraphError(132018, 'Param text cannot be empty');
  if (/[\n\r\t]/.test(text) || / {5,}/.test(text)) {
    throw new GraphError(
      132018,
      'Param text cannot have new-line/tab characters or more than 4 consecutive spaces',
    );
  }
}

function checkCount(where: string, given: number, expected: number): void {
  if (given === expected) return;
  throw new GraphError(
    132000,
    `${where}: number of localizable_params (${given}) does not match the expected number of params (${expected})`,
  );
}

function fillText(template: Template, where: string, text: string, parameters: TextParameter[]): string {
  const variables = variablesOf(text);
  checkCount(where, parameters.length, variables.length);
  const values = new Map<string, string>();
  for (const [index, parameter] of parameters.entries()) {
    const name = parameter.parameter_name;
    if (template.parameter_format === 'NAMED' && !name) {
      throw new GraphError(100, 'Parameter name is missing or empty', {
        message: '(#100) Invalid parameter',
      });
    }
    if (template.parameter_format === 'POSITIONAL' && name) {
      throw new GraphError(
        132012,
        `${where}: the template takes positional parameters, but "${name}" is named`,
      );
    }
    checkParameterText(parameter.text);
    values.set(name ?? String(index + 1), parameter.text);
  }
  return text.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (_, variable: string) => {
    const value = values.get(variable);
    if (value === undefined) throw new GraphError(132012, `${where}: no parameter is named "${variable}"`);
    return value;
  });
}

const textParameters = (components: SendComponent[], type: 'header' | 'body'): TextParameter[] => {
  const given = components.filter((component) => component.type === type);
  if (given.length > 1) throw new GraphError(131009, `Component ${type} is given more than once`);
  const [component] = given;
  return component && component.type !== 'button' ? component.parameters : [];
};

function renderButtons(template: Template, components: SendComponent[]): RenderedButton[] {
  const buttons = componentOf(template, 'BUTTONS')?.buttons ?? [];
  const given = components.filter((component) => component.type === 'button');
  for (const component of given) {
    const button = buttons[Number(component.index)];
    if (!button)
      throw new GraphError(131009, `Button at index ${component.index} does not exist in the template`);
    if (button.type.toLowerCase() !== component.sub_type) {
      throw new GraphError(
        132012,
        `Button at index ${component.index} is of type ${button.type}, not ${component.sub_type}`,
      );
    }
  }
  return buttons.map((button, index) => {
    const parameter = given.find((component) => Number(component.index) === index)?.parameters[0];
    if (button.type !== 'QUICK_REPLY') return { text: button.text, payload: null, url: button.url ?? null };
    // Without a payload of our own Meta sends the button's text back.
    const payload = parameter?.type === 'payload' ? parameter.payload : button.text;
    return { text: button.text, payload, url: null };
  });
}

export function renderTemplate(template: Template, components: SendComponent[]): RenderedMessage {
  const header = componentOf(template, 'HEADER');
  const bodyText = componentOf(template, 'BODY')?.text ?? '';
  const headerParameters = textParameters(components, 'header');
  if (!header) checkCount('header', headerParameters.length, 0);
  const body = fillText(template, 'body', bodyText, textParameters(components, 'body'));
  if ([...body].length > maxBodyLength) {
    throw new GraphError(132005, `body text length exceeds the maximum of ${maxBodyLength} characters`);
  }
  return {
    header: header ? fillText(template, 'header', header.text, headerParameters) : null,
    body,
    footer: componentOf(template, 'FOOTER')?.text ?? null,
    buttons: renderButtons(template, components),
  };
}
