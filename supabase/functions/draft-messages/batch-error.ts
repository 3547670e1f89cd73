/** A call about a batch failed. The message says why, in words an operator can read. `status`: Anthropic's answer; undefined when none came. */
export class BatchError extends Error {
  readonly status: number | undefined;

  constructor(message: string, status: number | undefined, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BatchError';
    this.status = status;
  }

  /** Anthropic did nothing of what was asked: it is not billed. Of any other failure nobody knows. */
  get isRefused(): boolean {
    return this.status !== undefined && (this.status < 500 || this.status === 529);
  }
}
