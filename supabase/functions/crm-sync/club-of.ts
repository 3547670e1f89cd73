import type { AltegioClub } from './altegio/provider.ts';
import type { SyncTarget } from './mirror.ts';

/** The installation's own club and chain, for clubs that name none. */
export interface Installation {
  companyId: string;
  chainId: string | null;
}

/** A club as the platform knows it. */
export function clubOf(target: SyncTarget, installation: Installation): AltegioClub {
  return {
    timezone: target.timezone,
    country: target.country,
    currency: target.currency,
    defaultLanguage: target.default_language,
    companyId: target.company_id ?? installation.companyId,
    chainId: target.chain_id ?? installation.chainId,
  };
}
