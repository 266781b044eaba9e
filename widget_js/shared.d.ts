// The scripts are sent as one, in the order weight.js, editor.js, language.js, keep_back.js,
// prove.js, widget.js; vendor/hpke.js and seal.js as another, later, and proof.js as a third.
/** What the form says about sealing; `keys` are the recipients' ids and X25519 keys. */
interface SealingPlan {
  src: string;
  integrity: string;
  campaign: string;
  consent: string;
  signature: boolean;
  keys: [string, string][];
}
declare const sealFields: (fields: Record<string, string>, plan: SealingPlan, visit: string) => Promise<string>;
declare const hpke: {
  CipherSuite: new (parts: object) => {
    kem: { deserializePublicKey: (key: Uint8Array<ArrayBuffer>) => Promise<CryptoKey> };
    seal: (sender: { recipientPublicKey: CryptoKey, info: Uint8Array }, text: Uint8Array) => Promise<{ enc: ArrayBuffer, ct: ArrayBuffer }>;
  };
  DhkemX25519HkdfSha256: new () => object;
  HkdfSha256: new () => object;
  Aes256Gcm: new () => object;
};
/** What altcha 2 asks for. */
interface Work {
  nonce: string;
  salt: string;
  cost: number;
  keyLength: number;
  keyPrefix: string;
}
interface Challenge {
  parameters: Work;
  signature: string;
  src: string;
}
declare const prove: (challenge: Challenge) => Promise<string>;
declare const keepBack: (form: HTMLFormElement, fields: URLSearchParams) => Promise<void>;
declare const wait: (seconds: number) => Promise<unknown>;
declare const weightedLength: (text: string) => number;
declare const countPost: (text: HTMLTextAreaElement) => void;
declare const shuffleText: (editor: Element) => void;
declare const weaveText: (editor: Element, mine: HTMLTextAreaElement) => void;
declare const copyText: (field: HTMLInputElement) => Promise<boolean>;
declare const fillLink: (link: HTMLAnchorElement, editor: Element) => void;
declare const speak: (link: HTMLAnchorElement) => Promise<void>;
declare const root: HTMLElement;
declare const stage: HTMLElement;
declare const say: Record<string, string>;
declare const opened: Map<string, string | undefined>;
declare let visit: string;
declare let question: string;
declare let typed: Map<string, string>;
declare let latest: AbortController;
declare const actOf: (element: Element) => string;
declare const swap: (html: string, form?: Element | null) => void;
declare const post: (step: string, fields: URLSearchParams) => Promise<{ html: string | null }>;
