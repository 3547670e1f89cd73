export const login = {
  title: 'Sign in',
  lead: 'Notice who stopped coming. Write while they still remember you.',
  email: 'E-mail',
  password: 'Password',
  submit: 'Sign in',
  submitting: 'Signing in…',
  // One answer for an unknown address and a wrong password: the page tells nobody who has an account.
  refused: 'This e-mail and password do not belong together. Check both and try again.',
  tooMany: 'Too many tries. Wait a minute, then try again.',
  incomplete: 'Enter your e-mail and your password.',
  unreachable: 'Signing in is not reachable at the moment. Try again in a minute.',
  help: 'No account? The owner of your club adds you.',
};
