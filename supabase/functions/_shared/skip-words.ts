// Why a member is not messaged, for the people who wanted to.
const WORDS: Record<string, string> = {
  no_phone: 'there is no valid phone number any more',
  suppressed: 'the member does not want messages',
  no_consent: 'there is no consent to marketing',
  came_back: 'the member came back by themselves',
  do_not_wake: 'a message might remind them of a membership that renews itself, and that they do not use',
  in_conversation: 'the member is writing with the club: nothing else goes out until that is done',
  resting: 'WhatsApp asked to leave the member alone for a day',
  already_sent: 'the member already got a message for this reason',
  cooldown: 'the last message to the member was too recent',
  frequency_cap: 'the member already got as many messages as allowed',
  no_template: 'WhatsApp has no approved template for it now',
  holdout: 'the member is in the control group',
  daily_limit: 'the limit of messages a day is used up',
  switched_off: 'the scenario or campaign was switched off',
  campaign_over: 'the campaign was over before the message could go out',
  too_long: 'the message is too long for the template',
  window_closed:
    'the 24 hours in which WhatsApp lets us answer freely were over; it is written anew for a template',
  expired: 'it waited so long that it is worth nothing any more',
};

export const skipInWords = (reason: string | null | undefined): string =>
  reason ? (WORDS[reason] ?? reason) : 'it may not be sent any more';
