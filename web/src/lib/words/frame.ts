export const frame = {
  product: 'Regulars',
  skip: 'Skip to content',
  navigation: 'Main',
  today: 'Today',
  messages: 'Messages',
  segments: 'Segments',
  campaigns: 'Campaigns',
  settings: 'Settings',
  club: 'Club',
  switchClub: (club: string) => `Switch club, now ${club}`,
  signOut: 'Sign out',
  roles: { owner: 'Owner', operator: 'Operator', moderator: 'Moderator', analyst: 'Analyst' },
  waiting: (count: string) => `${count} waiting`,
  lost: (since: string) => `No connection. This is what was known at ${since}.`,
  noClub: {
    title: 'No club yet',
    body: (email: string) =>
      `You are signed in as ${email}, but no club has added you. Ask the owner of your club to add this address, then load this page again.`,
  },
  notFound: {
    title: 'Nothing is here',
    body: 'This page does not exist, or it belongs to a club that has not added you.',
  },
  failure: {
    title: 'This did not work',
    body: 'Nothing was changed. The page tries again by itself every few seconds.',
    reference: (id: string) =>
      `If it stays like this, tell whoever runs the dashboard this reference: ${id}.`,
  },
  home: 'Go to Today',
};
