/** Why a member is not messaged; the codes are the database's. */
const reasons: Record<string, string> = {
  no_phone: 'there is no valid phone number',
  suppressed: 'the member does not want messages',
  no_consent: 'there is no consent to marketing',
  came_back: 'the member came back or booked',
  do_not_wake: 'a message might remind them to cancel a membership that renews itself',
  in_conversation: 'the member is writing with the club',
  resting: 'WhatsApp asked to leave the member alone for a day',
  already_sent: 'this was already sent for the same reason',
  cooldown: 'another message went out too recently',
  frequency_cap: 'the member had enough messages this month',
  no_template: 'no approved WhatsApp template fits',
  holdout: 'the member is in the control group',
  daily_limit: 'the daily limit is used up',
  switched_off: 'the scenario or campaign was switched off',
  campaign_over: 'the campaign was over before the message could go out',
  too_long: 'the message is too long for the template with the member’s name in it',
  window_closed: 'the 24 hours after the member wrote were over; it is planned again as a template',
  expired: 'it waited too long',
};

export function reasonWords(code: string): string {
  return reasons[code] ?? code;
}
