export const scenarioWords = {
  back: 'All campaigns',
  unknown: (code: string) => `No automated scenario is called “${code}”.`,
  on: 'Switched on',
  off: 'Switched off',
  modes: {
    moderation: 'A person approves each message',
    notification: 'Messages that pass every check go out by themselves',
  },
  change: 'Change this in the settings',
  rules: { fires_for: 'Fires for', once_per: 'Once per', tone: 'Tone' },
};
