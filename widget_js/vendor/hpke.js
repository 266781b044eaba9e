/**
 * HPKE (RFC 9180) from @hpke/core 1.9.0 and @hpke/common 1.10.0, https://github.com/dajiaji/hpke-js
 * MIT License, Copyright (c) 2023-2024 Ajitomi Daisuke: see hpke.LICENSE. Not edited by hand:
 * `python -m tools.hpke` makes it.
 */
var hpke = (() => {
  var Fe = Object.create;
  var ae = Object.defineProperty;
  var $e = Object.getOwnPropertyDescriptor;
  var Xe = Object.getOwnPropertyNames;
  var We = Object.getPrototypeOf, Ve = Object.prototype.hasOwnProperty;
  var Ye = /* @__PURE__ */ ((i) => typeof require < "u" ? require : typeof Proxy < "u" ? new Proxy(i, {
    get: (e, t) => (typeof require < "u" ? require : e)[t]
  }) : i)(function(i) {
    if (typeof require < "u") return require.apply(this, arguments);
    throw Error('Dynamic require of "' + i + '" is not supported');
  });
  var qe = (i, e) => {
    for (var t in e)
      ae(i, t, { get: e[t], enumerable: !0 });
  }, Ae = (i, e, t, r) => {
    if (e && typeof e == "object" || typeof e == "function")
      for (let n of Xe(e))
        !Ve.call(i, n) && n !== t && ae(i, n, { get: () => e[n], enumerable: !(r = $e(e, n)) || r.enumerable });
    return i;
  };
  var Je = (i, e, t) => (t = i != null ? Fe(We(i)) : {}, Ae(
    // If the importer is in node compatibility mode or this is not an ESM
    // file that has been converted to a CommonJS file using a Babel-
    // compatible transform (i.e. "__esModule" has not been set), then set
    // "default" to the CommonJS "module.exports" for node compatibility.
    e || !i || !i.__esModule ? ae(t, "default", { value: i, enumerable: !0 }) : t,
    i
  )), Ze = (i) => Ae(ae({}, "__esModule", { value: !0 }), i);

  // <stdin>
  var Mt = {};
  qe(Mt, {
    Aes256Gcm: () => Z,
    CipherSuite: () => te,
    DhkemX25519HkdfSha256: () => ne,
    HkdfSha256: () => re
  });

  // @hpke/common-1.10.0/node_modules/@hpke/common/esm/src/errors.js
  var d = class extends Error {
    constructor(e) {
      let t;
      e instanceof Error ? t = e.message : typeof e == "string" ? t = e : t = "", super(t), this.name = this.constructor.name;
    }
  }, f = class extends d {
  };
  var w = class extends d {
  }, y = class extends d {
  }, R = class extends d {
  }, F = class extends d {
  }, $ = class extends d {
  }, X = class extends d {
  }, W = class extends d {
  }, V = class extends d {
  }, P = class extends d {
  }, b = class extends d {
  };

  // @hpke/common-1.10.0/node_modules/@hpke/common/esm/_dnt.shims.js
  var Qe = {}, we = et(globalThis, Qe);
  function et(i, e) {
    return new Proxy(i, {
      get(t, r, n) {
        return r in e ? e[r] : i[r];
      },
      set(t, r, n) {
        return r in e && delete e[r], i[r] = n, !0;
      },
      deleteProperty(t, r) {
        let n = !1;
        return r in e && (delete e[r], n = !0), r in i && (delete i[r], n = !0), n;
      },
      ownKeys(t) {
        let r = Reflect.ownKeys(i), n = Reflect.ownKeys(e), a = new Set(n);
        return [...r.filter((u) => !a.has(u)), ...n];
      },
      defineProperty(t, r, n) {
        return r in e && delete e[r], Reflect.defineProperty(i, r, n), !0;
      },
      getOwnPropertyDescriptor(t, r) {
        return r in e ? Reflect.getOwnPropertyDescriptor(e, r) : Reflect.getOwnPropertyDescriptor(i, r);
      },
      has(t, r) {
        return r in e || r in i;
      }
    });
  }

  // @hpke/common-1.10.0/node_modules/@hpke/common/esm/src/algorithm.js
  async function tt() {
    if (we !== void 0 && globalThis.crypto !== void 0)
      return globalThis.crypto.subtle;
    try {
      let { webcrypto: i } = await import("crypto");
      return i.subtle;
    } catch (i) {
      throw new b(i);
    }
  }
  var p = class {
    constructor() {
      Object.defineProperty(this, "_api", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      });
    }
    async _setup() {
      this._api === void 0 && (this._api = await tt());
    }
  };

  // @hpke/common-1.10.0/node_modules/@hpke/common/esm/src/identifiers.js
  var g = {
    Base: 0,
    Psk: 1,
    Auth: 2,
    AuthPsk: 3
  }, v = {
    NotAssigned: 0,
    DhkemP256HkdfSha256: 16,
    DhkemP384HkdfSha384: 17,
    DhkemP521HkdfSha512: 18,
    DhkemSecp256k1HkdfSha256: 19,
    DhkemX25519HkdfSha256: 32,
    DhkemX448HkdfSha512: 33,
    HybridkemX25519Kyber768: 48,
    MlKem512: 64,
    MlKem768: 65,
    MlKem1024: 66,
    XWing: 25722
  }, Y = {
    HkdfSha256: 1,
    HkdfSha384: 2,
    HkdfSha512: 3,
    Sha3256: 4,
    Sha3384: 5,
    Sha3512: 6,
    Shake128: 16,
    Shake256: 17,
    TurboShake128: 18,
    TurboShake256: 19
  }, k = {
    Aes128Gcm: 1,
    Aes256Gcm: 2,
    Chacha20Poly1305: 3,
    ExportOnly: 65535
  };

  // @hpke/common-1.10.0/node_modules/@hpke/common/esm/src/consts.js
  var c = /* @__PURE__ */ new Uint8Array(0);

  // @hpke/common-1.10.0/node_modules/@hpke/common/esm/src/interfaces/kemInterface.js
  var oe = /* @__PURE__ */ new Uint8Array([
    75,
    69,
    77,
    0,
    0
  ]);

  // @hpke/common-1.10.0/node_modules/@hpke/common/esm/src/kdfs/hkdf.js
  var Ee = /* @__PURE__ */ new Uint8Array([
    72,
    80,
    75,
    69,
    45,
    118,
    49
  ]);
  function U(i) {
    return new Uint8Array(o(i));
  }
  function o(i) {
    return i instanceof ArrayBuffer ? i : ArrayBuffer.isView(i) ? new Uint8Array(i.buffer, i.byteOffset, i.byteLength).slice().buffer : new Uint8Array(i).slice().buffer;
  }
  var xe = class extends p {
    constructor() {
      super(), Object.defineProperty(this, "id", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: Y.HkdfSha256
      }), Object.defineProperty(this, "hashSize", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: 0
      }), Object.defineProperty(this, "_suiteId", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: c
      }), Object.defineProperty(this, "algHash", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: {
          name: "HMAC",
          hash: "SHA-256",
          length: 256
        }
      });
    }
    init(e) {
      this._suiteId = e;
    }
    buildLabeledIkm(e, t) {
      this._checkInit();
      let r = new Uint8Array(7 + this._suiteId.byteLength + e.byteLength + t.byteLength);
      return r.set(Ee, 0), r.set(this._suiteId, 7), r.set(e, 7 + this._suiteId.byteLength), r.set(t, 7 + this._suiteId.byteLength + e.byteLength), r;
    }
    buildLabeledInfo(e, t, r) {
      this._checkInit();
      let n = new Uint8Array(9 + this._suiteId.byteLength + e.byteLength + t.byteLength);
      return n.set(new Uint8Array([0, r]), 0), n.set(Ee, 2), n.set(this._suiteId, 9), n.set(e, 9 + this._suiteId.byteLength), n.set(t, 9 + this._suiteId.byteLength + e.byteLength), n;
    }
    async extract(e, t) {
      await this._setup();
      let r = e.byteLength === 0 ? new ArrayBuffer(this.hashSize) : o(e);
      if (r.byteLength !== this.hashSize)
        throw new f("The salt length must be the same as the hashSize");
      let n = o(t), a = await this._api.importKey("raw", r, this.algHash, !1, [
        "sign"
      ]);
      return await this._api.sign("HMAC", a, n);
    }
    async expand(e, t, r) {
      await this._setup();
      let n = o(e), a = await this._api.importKey("raw", n, this.algHash, !1, [
        "sign"
      ]), u = new ArrayBuffer(r), l = new Uint8Array(u), s = c, h = U(t), m = new Uint8Array(1);
      if (r > 255 * this.hashSize)
        throw new Error("Entropy limit reached");
      let H = new Uint8Array(this.hashSize + h.length + 1);
      for (let G = 1, _ = 0; _ < l.length; G++)
        m[0] = G, H.set(s, 0), H.set(h, s.length), H.set(m, s.length + h.length), s = new Uint8Array(await this._api.sign("HMAC", a, H.slice(0, s.length + h.length + 1))), l.length - _ >= s.length ? (l.set(s, _), _ += s.length) : (l.set(s.slice(0, l.length - _), _), _ += l.length - _);
      return u;
    }
    async extractAndExpand(e, t, r, n) {
      await this._setup();
      let a = o(t), u = await this._api.importKey("raw", a, "HKDF", !1, ["deriveBits"]);
      return await this._api.deriveBits({
        name: "HKDF",
        hash: this.algHash.hash,
        salt: o(e),
        info: o(r)
      }, u, n * 8);
    }
    async labeledExtract(e, t, r) {
      return await this.extract(e, this.buildLabeledIkm(t, r));
    }
    async labeledExpand(e, t, r, n) {
      return await this.expand(e, this.buildLabeledInfo(t, r, n), n);
    }
    _checkInit() {
      if (this._suiteId === c)
        throw new Error("Not initialized. Call init()");
    }
  }, K = class extends xe {
    constructor() {
      super(...arguments), Object.defineProperty(this, "id", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: Y.HkdfSha256
      }), Object.defineProperty(this, "hashSize", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: 32
      }), Object.defineProperty(this, "algHash", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: {
          name: "HMAC",
          hash: "SHA-256",
          length: 256
        }
      });
    }
  };

  // @hpke/common-1.10.0/node_modules/@hpke/common/esm/src/utils/misc.js
  var A = (i) => typeof i == "object" && i !== null && typeof i.privateKey == "object" && typeof i.publicKey == "object";
  function x(i, e) {
    if (e <= 0)
      throw new Error("i2Osp: too small size");
    if (i >= 256 ** e)
      throw new Error("i2Osp: too large integer");
    let t = new Uint8Array(e);
    for (let r = 0; r < e && i; r++)
      t[e - (r + 1)] = i % 256, i = Math.floor(i / 256);
    return t;
  }
  function E(i, e) {
    let t = new Uint8Array(i.length + e.length);
    return t.set(i, 0), t.set(e, i.length), t;
  }
  function z(i) {
    let e = i.replace(/-/g, "+").replace(/_/g, "/"), t = atob(e), r = new Uint8Array(t.length);
    for (let n = 0; n < t.length; n++)
      r[n] = t.charCodeAt(n);
    return r;
  }
  function me(i, e) {
    if (i.byteLength !== e.byteLength)
      throw new Error("xor: different length inputs");
    let t = new Uint8Array(i.byteLength);
    for (let r = 0; r < i.byteLength; r++)
      t[r] = i[r] ^ e[r];
    return t;
  }

  // @hpke/common-1.10.0/node_modules/@hpke/common/esm/src/kems/dhkem.js
  var rt = /* @__PURE__ */ new Uint8Array([
    101,
    97,
    101,
    95,
    112,
    114,
    107
  ]), it = /* @__PURE__ */ new Uint8Array([
    115,
    104,
    97,
    114,
    101,
    100,
    95,
    115,
    101,
    99,
    114,
    101,
    116
  ]);
  function nt(i, e, t) {
    let r = new Uint8Array(i.length + e.length + t.length);
    return r.set(i, 0), r.set(e, i.length), r.set(t, i.length + e.length), r;
  }
  var I = class {
    constructor(e, t, r) {
      Object.defineProperty(this, "id", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), Object.defineProperty(this, "secretSize", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: 0
      }), Object.defineProperty(this, "encSize", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: 0
      }), Object.defineProperty(this, "publicKeySize", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: 0
      }), Object.defineProperty(this, "privateKeySize", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: 0
      }), Object.defineProperty(this, "_prim", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), Object.defineProperty(this, "_kdf", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), this.id = e, this._prim = t, this._kdf = r;
      let n = new Uint8Array(oe);
      n.set(x(this.id, 2), 3), this._kdf.init(n);
    }
    async serializePublicKey(e) {
      return await this._prim.serializePublicKey(e);
    }
    async deserializePublicKey(e) {
      return await this._prim.deserializePublicKey(o(e));
    }
    async serializePrivateKey(e) {
      return await this._prim.serializePrivateKey(e);
    }
    async deserializePrivateKey(e) {
      return await this._prim.deserializePrivateKey(o(e));
    }
    async importKey(e, t, r = !0) {
      return await this._prim.importKey(e, t, r);
    }
    async generateKeyPair() {
      return await this._prim.generateKeyPair();
    }
    async deriveKeyPair(e) {
      let t = o(e);
      if (t.byteLength > 8192)
        throw new f("Too long ikm");
      return await this._prim.deriveKeyPair(t);
    }
    async encap(e) {
      let t;
      e.ekm === void 0 ? t = await this.generateKeyPair() : A(e.ekm) ? t = e.ekm : t = await this.deriveKeyPair(e.ekm);
      let r = await this._prim.serializePublicKey(t.publicKey), n = await this._prim.serializePublicKey(e.recipientPublicKey);
      try {
        let a;
        if (e.senderKey === void 0)
          a = new Uint8Array(await this._prim.dh(t.privateKey, e.recipientPublicKey));
        else {
          let s = A(e.senderKey) ? e.senderKey.privateKey : e.senderKey, h = new Uint8Array(await this._prim.dh(t.privateKey, e.recipientPublicKey)), m = new Uint8Array(await this._prim.dh(s, e.recipientPublicKey));
          a = E(h, m);
        }
        let u;
        if (e.senderKey === void 0)
          u = E(new Uint8Array(r), new Uint8Array(n));
        else {
          let s = A(e.senderKey) ? e.senderKey.publicKey : await this._prim.derivePublicKey(e.senderKey), h = await this._prim.serializePublicKey(s);
          u = nt(new Uint8Array(r), new Uint8Array(n), new Uint8Array(h));
        }
        let l = await this._generateSharedSecret(a, u);
        return {
          enc: r,
          sharedSecret: l
        };
      } catch (a) {
        throw new R(a);
      }
    }
    async decap(e) {
      let t = o(e.enc), r = await this._prim.deserializePublicKey(t), n = A(e.recipientKey) ? e.recipientKey.privateKey : e.recipientKey, a = A(e.recipientKey) ? e.recipientKey.publicKey : await this._prim.derivePublicKey(e.recipientKey), u = await this._prim.serializePublicKey(a);
      try {
        let l;
        if (e.senderPublicKey === void 0)
          l = new Uint8Array(await this._prim.dh(n, r));
        else {
          let h = new Uint8Array(await this._prim.dh(n, r)), m = new Uint8Array(await this._prim.dh(n, e.senderPublicKey));
          l = E(h, m);
        }
        let s;
        if (e.senderPublicKey === void 0)
          s = E(new Uint8Array(t), new Uint8Array(u));
        else {
          let h = await this._prim.serializePublicKey(e.senderPublicKey);
          s = new Uint8Array(t.byteLength + u.byteLength + h.byteLength), s.set(new Uint8Array(t), 0), s.set(new Uint8Array(u), t.byteLength), s.set(new Uint8Array(h), t.byteLength + u.byteLength);
        }
        return await this._generateSharedSecret(l, s);
      } catch (l) {
        throw new F(l);
      }
    }
    async _generateSharedSecret(e, t) {
      let r = this._kdf.buildLabeledIkm(rt, e), n = this._kdf.buildLabeledInfo(it, t, this.secretSize);
      return await this._kdf.extractAndExpand(c, r, n, this.secretSize);
    }
  };

  // @hpke/common-1.10.0/node_modules/@hpke/common/esm/src/interfaces/dhkemPrimitives.js
  var S = ["deriveBits"], L = /* @__PURE__ */ new Uint8Array([
    100,
    107,
    112,
    95,
    112,
    114,
    107
  ]), T = /* @__PURE__ */ new Uint8Array([115, 107]);

  // @hpke/common-1.10.0/node_modules/@hpke/common/esm/src/kems/dhkemPrimitives/ec.js
  var _r = {
    p: (1n << 521n) - 1n,
    b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
    gx: 0x00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66n,
    gy: 0x011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650n,
    coordinateSize: 66
  };

  // @hpke/common-1.10.0/node_modules/@hpke/common/esm/src/interfaces/aeadEncryptionContext.js
  var _e = ["encrypt", "decrypt"];

  // @hpke/common-1.10.0/node_modules/@hpke/common/esm/src/utils/noble.js
  function ot(i) {
    return i instanceof Uint8Array || ArrayBuffer.isView(i) && i.constructor.name === "Uint8Array";
  }
  function q(i, e = "") {
    if (!Number.isSafeInteger(i) || i < 0) {
      let t = e && `"${e}" `;
      throw new Error(`${t}expected integer >0, got ${i}`);
    }
  }
  function j(i, e, t = "") {
    let r = ot(i), n = i?.length, a = e !== void 0;
    if (!r || a && n !== e) {
      let u = t && `"${t}" `, l = a ? ` of length ${e}` : "", s = r ? `length=${n}` : `type=${typeof i}`;
      throw new Error(u + "expected Uint8Array" + l + ", got " + s);
    }
    return i;
  }
  function D(i, e = !0) {
    if (i.destroyed)
      throw new Error("Hash instance has been destroyed");
    if (e && i.finished)
      throw new Error("Hash#digest() has already been called");
  }
  function N(...i) {
    for (let e = 0; e < i.length; e++)
      i[e].fill(0);
  }
  var st = /* @__PURE__ */ new Uint32Array([287454020]), ut = /* @__PURE__ */ new Uint8Array(st.buffer), ct = ut[0] === 68;

  // @hpke/common-1.10.0/node_modules/@hpke/common/esm/src/hash/hash.js
  function Le(i) {
    if (typeof i != "function" || typeof i.create != "function")
      throw new Error("Hash must wrapped by utils.createHasher");
    q(i.outputLen), q(i.blockLen);
  }

  // @hpke/common-1.10.0/node_modules/@hpke/common/esm/src/hash/hmac.js
  var se = class {
    constructor(e, t) {
      if (Object.defineProperty(this, "oHash", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), Object.defineProperty(this, "iHash", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), Object.defineProperty(this, "blockLen", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), Object.defineProperty(this, "outputLen", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), Object.defineProperty(this, "finished", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: !1
      }), Object.defineProperty(this, "destroyed", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: !1
      }), Le(e), j(t, void 0, "key"), this.iHash = e.create(), typeof this.iHash.update != "function")
        throw new Error("Expected instance of class which extends utils.Hash");
      this.blockLen = this.iHash.blockLen, this.outputLen = this.iHash.outputLen;
      let r = this.blockLen, n = new Uint8Array(r);
      n.set(t.length > r ? e.create().update(t).digest() : t);
      for (let a = 0; a < n.length; a++)
        n[a] ^= 54;
      this.iHash.update(n), this.oHash = e.create();
      for (let a = 0; a < n.length; a++)
        n[a] ^= 106;
      this.oHash.update(n), N(n);
    }
    update(e) {
      return D(this), this.iHash.update(e), this;
    }
    digestInto(e) {
      D(this), j(e, this.outputLen, "output"), this.finished = !0, this.iHash.digestInto(e), this.oHash.update(e), this.oHash.digestInto(e), this.destroy();
    }
    digest() {
      let e = new Uint8Array(this.oHash.outputLen);
      return this.digestInto(e), e;
    }
    _cloneInto(e) {
      e ||= Object.create(Object.getPrototypeOf(this), {});
      let { oHash: t, iHash: r, finished: n, destroyed: a, blockLen: u, outputLen: l } = this;
      return e = e, e.finished = n, e.destroyed = a, e.blockLen = u, e.outputLen = l, e.oHash = t._cloneInto(e.oHash), e.iHash = r._cloneInto(e.iHash), e;
    }
    clone() {
      return this._cloneInto();
    }
    destroy() {
      this.destroyed = !0, this.oHash.destroy(), this.iHash.destroy();
    }
  }, je = (i, e, t) => new se(i, e).update(t).digest();
  je.create = (i, e) => new se(i, e);

  // @hpke/common-1.10.0/node_modules/@hpke/common/esm/src/hash/u64.js
  var ue = 0xffffffffn, Ue = 32n;
  function ht(i, e = !1) {
    return e ? { h: Number(i & ue), l: Number(i >> Ue & ue) } : {
      h: Number(i >> Ue & ue) | 0,
      l: Number(i & ue) | 0
    };
  }
  function ge(i, e = !1) {
    let t = i.length, r = new Uint32Array(t), n = new Uint32Array(t);
    for (let a = 0; a < t; a++) {
      let { h: u, l } = ht(i[a], e);
      [r[a], n[a]] = [u, l];
    }
    return [r, n];
  }

  // @hpke/common-1.10.0/node_modules/@hpke/common/esm/src/hash/sha3.js
  var wt = 0n, J = 1n, xt = 2n, mt = 7n, _t = 256n, gt = 0x71n, vt = [], Pt = [], ze = [];
  for (let i = 0, e = J, t = 1, r = 0; i < 24; i++) {
    [t, r] = [r, (2 * t + 3 * r) % 5], vt.push(2 * (5 * r + t)), Pt.push((i + 1) * (i + 2) / 2 % 64);
    let n = wt;
    for (let a = 0; a < 7; a++)
      e = (e << J ^ (e >> mt) * gt) % _t, e & xt && (n ^= J << (J << BigInt(a)) - J);
    ze.push(n);
  }
  var Te = ge(ze, !0), Ei = Te[0], Ii = Te[1];

  // @hpke/core-1.9.0/node_modules/@hpke/core/esm/src/aeads/aesGcm.js
  var ke = class extends p {
    constructor(e) {
      super(), Object.defineProperty(this, "_rawKey", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), Object.defineProperty(this, "_key", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), this._rawKey = o(e);
    }
    async seal(e, t, r) {
      await this._setupKey();
      let n = {
        name: "AES-GCM",
        iv: o(e),
        additionalData: o(r)
      };
      return await this._api.encrypt(n, this._key, o(t));
    }
    async open(e, t, r) {
      await this._setupKey();
      let n = {
        name: "AES-GCM",
        iv: o(e),
        additionalData: o(r)
      };
      return await this._api.decrypt(n, this._key, o(t));
    }
    async _setupKey() {
      if (this._key !== void 0)
        return;
      await this._setup();
      let e = await this._importKey(this._rawKey);
      new Uint8Array(this._rawKey).fill(0), this._key = e;
    }
    async _importKey(e) {
      return await this._api.importKey("raw", e, { name: "AES-GCM" }, !0, _e);
    }
  }, ce = class {
    constructor() {
      Object.defineProperty(this, "id", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: k.Aes128Gcm
      }), Object.defineProperty(this, "keySize", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: 16
      }), Object.defineProperty(this, "nonceSize", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: 12
      }), Object.defineProperty(this, "tagSize", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: 16
      });
    }
    createEncryptionContext(e) {
      return new ke(e);
    }
  }, Z = class extends ce {
    constructor() {
      super(...arguments), Object.defineProperty(this, "id", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: k.Aes256Gcm
      }), Object.defineProperty(this, "keySize", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: 32
      }), Object.defineProperty(this, "nonceSize", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: 12
      }), Object.defineProperty(this, "tagSize", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: 16
      });
    }
  };

  // @hpke/core-1.9.0/node_modules/@hpke/core/esm/src/utils/emitNotSupported.js
  function Ke() {
    return new Promise((i, e) => {
      e(new b("Not supported"));
    });
  }

  // @hpke/core-1.9.0/node_modules/@hpke/core/esm/src/exporterContext.js
  var St = new Uint8Array([115, 101, 99]), B = class {
    constructor(e, t, r) {
      Object.defineProperty(this, "_api", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), Object.defineProperty(this, "exporterSecret", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), Object.defineProperty(this, "_kdf", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), this._api = e, this._kdf = t, this.exporterSecret = r;
    }
    async seal(e, t) {
      return await Ke();
    }
    async open(e, t) {
      return await Ke();
    }
    async export(e, t) {
      let r = o(e);
      if (r.byteLength > 8192)
        throw new f("Too long exporter context");
      try {
        return await this._kdf.labeledExpand(this.exporterSecret, St, new Uint8Array(r), t);
      } catch (n) {
        throw new $(n);
      }
    }
  }, le = class extends B {
  }, fe = class extends B {
    constructor(e, t, r, n) {
      super(e, t, r), Object.defineProperty(this, "enc", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), this.enc = n;
    }
  };

  // @hpke/core-1.9.0/node_modules/@hpke/core/esm/src/encryptionContext.js
  var C = class extends B {
    constructor(e, t, r) {
      if (super(e, t, r.exporterSecret), Object.defineProperty(this, "_aead", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), Object.defineProperty(this, "_nK", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), Object.defineProperty(this, "_nN", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), Object.defineProperty(this, "_nT", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), Object.defineProperty(this, "_ctx", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), r.key === void 0 || r.baseNonce === void 0 || r.seq === void 0)
        throw new Error("Required parameters are missing");
      this._aead = r.aead, this._nK = this._aead.keySize, this._nN = this._aead.nonceSize, this._nT = this._aead.tagSize;
      let n = this._aead.createEncryptionContext(r.key);
      this._ctx = {
        key: n,
        baseNonce: r.baseNonce,
        seq: r.seq
      };
    }
    computeNonce(e) {
      let t = x(e.seq, e.baseNonce.byteLength);
      return me(e.baseNonce, t).buffer;
    }
    incrementSeq(e) {
      if (e.seq > Number.MAX_SAFE_INTEGER)
        throw new V("Message limit reached");
      e.seq += 1;
    }
  };

  // @hpke/core-1.9.0/node_modules/@hpke/core/esm/src/mutex.js
  var Et = function(i, e, t, r) {
    if (t === "a" && !r) throw new TypeError("Private accessor was defined without a getter");
    if (typeof e == "function" ? i !== e || !r : !e.has(i)) throw new TypeError("Cannot read private member from an object whose class did not declare it");
    return t === "m" ? r : t === "a" ? r.call(i) : r ? r.value : e.get(i);
  }, It = function(i, e, t, r, n) {
    if (r === "m") throw new TypeError("Private method is not writable");
    if (r === "a" && !n) throw new TypeError("Private accessor was defined without a setter");
    if (typeof e == "function" ? i !== e || !n : !e.has(i)) throw new TypeError("Cannot write private member to an object whose class did not declare it");
    return r === "a" ? n.call(i, t) : n ? n.value = t : e.set(i, t), t;
  }, he, M = class {
    constructor() {
      he.set(this, Promise.resolve());
    }
    async lock() {
      let e, t = new Promise((n) => {
        e = n;
      }), r = Et(this, he, "f");
      return It(this, he, t, "f"), await r, e;
    }
  };
  he = /* @__PURE__ */ new WeakMap();

  // @hpke/core-1.9.0/node_modules/@hpke/core/esm/src/recipientContext.js
  var Be = function(i, e, t, r) {
    if (t === "a" && !r) throw new TypeError("Private accessor was defined without a getter");
    if (typeof e == "function" ? i !== e || !r : !e.has(i)) throw new TypeError("Cannot read private member from an object whose class did not declare it");
    return t === "m" ? r : t === "a" ? r.call(i) : r ? r.value : e.get(i);
  }, Ot = function(i, e, t, r, n) {
    if (r === "m") throw new TypeError("Private method is not writable");
    if (r === "a" && !n) throw new TypeError("Private accessor was defined without a setter");
    if (typeof e == "function" ? i !== e || !n : !e.has(i)) throw new TypeError("Cannot write private member to an object whose class did not declare it");
    return r === "a" ? n.call(i, t) : n ? n.value = t : e.set(i, t), t;
  }, Q, de = class extends C {
    constructor() {
      super(...arguments), Q.set(this, void 0);
    }
    async open(e, t = c.buffer) {
      Ot(this, Q, Be(this, Q, "f") ?? new M(), "f");
      let r = await Be(this, Q, "f").lock(), n;
      try {
        n = await this._ctx.key.open(this.computeNonce(this._ctx), o(e), o(t));
      } catch (a) {
        throw new W(a);
      } finally {
        r();
      }
      return this.incrementSeq(this._ctx), n;
    }
  };
  Q = /* @__PURE__ */ new WeakMap();

  // @hpke/core-1.9.0/node_modules/@hpke/core/esm/src/senderContext.js
  var Ce = function(i, e, t, r) {
    if (t === "a" && !r) throw new TypeError("Private accessor was defined without a getter");
    if (typeof e == "function" ? i !== e || !r : !e.has(i)) throw new TypeError("Cannot read private member from an object whose class did not declare it");
    return t === "m" ? r : t === "a" ? r.call(i) : r ? r.value : e.get(i);
  }, Lt = function(i, e, t, r, n) {
    if (r === "m") throw new TypeError("Private method is not writable");
    if (r === "a" && !n) throw new TypeError("Private accessor was defined without a setter");
    if (typeof e == "function" ? i !== e || !n : !e.has(i)) throw new TypeError("Cannot write private member to an object whose class did not declare it");
    return r === "a" ? n.call(i, t) : n ? n.value = t : e.set(i, t), t;
  }, ee, be = class extends C {
    constructor(e, t, r, n) {
      super(e, t, r), Object.defineProperty(this, "enc", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), ee.set(this, void 0), this.enc = n;
    }
    async seal(e, t = c.buffer) {
      Lt(this, ee, Ce(this, ee, "f") ?? new M(), "f");
      let r = await Ce(this, ee, "f").lock(), n;
      try {
        n = await this._ctx.key.seal(this.computeNonce(this._ctx), o(e), o(t));
      } catch (a) {
        throw new X(a);
      } finally {
        r();
      }
      return this.incrementSeq(this._ctx), n;
    }
  };
  ee = /* @__PURE__ */ new WeakMap();

  // @hpke/core-1.9.0/node_modules/@hpke/core/esm/src/cipherSuiteNative.js
  var jt = new Uint8Array([
    98,
    97,
    115,
    101,
    95,
    110,
    111,
    110,
    99,
    101
  ]), Ht = new Uint8Array([101, 120, 112]), Ut = new Uint8Array([
    105,
    110,
    102,
    111,
    95,
    104,
    97,
    115,
    104
  ]), zt = new Uint8Array([107, 101, 121]), Tt = new Uint8Array([
    112,
    115,
    107,
    95,
    105,
    100,
    95,
    104,
    97,
    115,
    104
  ]), Dt = new Uint8Array([115, 101, 99, 114, 101, 116]), Nt = new Uint8Array([
    72,
    80,
    75,
    69,
    0,
    0,
    0,
    0,
    0,
    0
  ]), pe = class extends p {
    /**
     * @param params A set of parameters for building a cipher suite.
     *
     * If the error occurred, throws {@link InvalidParamError}.
     *
     * @throws {@link InvalidParamError}
     */
    constructor(e) {
      if (super(), Object.defineProperty(this, "_kem", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), Object.defineProperty(this, "_kdf", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), Object.defineProperty(this, "_aead", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), Object.defineProperty(this, "_suiteId", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), typeof e.kem == "number")
        throw new f("KemId cannot be used");
      if (this._kem = e.kem, typeof e.kdf == "number")
        throw new f("KdfId cannot be used");
      if (this._kdf = e.kdf, typeof e.aead == "number")
        throw new f("AeadId cannot be used");
      this._aead = e.aead, this._suiteId = new Uint8Array(Nt), this._suiteId.set(x(this._kem.id, 2), 4), this._suiteId.set(x(this._kdf.id, 2), 6), this._suiteId.set(x(this._aead.id, 2), 8), this._kdf.init(this._suiteId);
    }
    /**
     * Gets the KEM context of the ciphersuite.
     */
    get kem() {
      return this._kem;
    }
    /**
     * Gets the KDF context of the ciphersuite.
     */
    get kdf() {
      return this._kdf;
    }
    /**
     * Gets the AEAD context of the ciphersuite.
     */
    get aead() {
      return this._aead;
    }
    /**
     * Creates an encryption context for a sender.
     *
     * If the error occurred, throws {@link DecapError} | {@link ValidationError}.
     *
     * @param params A set of parameters for the sender encryption context.
     * @returns A sender encryption context.
     * @throws {@link EncapError}, {@link ValidationError}
     */
    async createSenderContext(e) {
      this._validateInputLength(e), await this._setup();
      let t = await this._kem.encap(e), r;
      return e.psk !== void 0 ? r = e.senderKey !== void 0 ? g.AuthPsk : g.Psk : r = e.senderKey !== void 0 ? g.Auth : g.Base, await this._keyScheduleS(r, t.sharedSecret, t.enc, e);
    }
    /**
     * Creates an encryption context for a recipient.
     *
     * If the error occurred, throws {@link DecapError}
     * | {@link DeserializeError} | {@link ValidationError}.
     *
     * @param params A set of parameters for the recipient encryption context.
     * @returns A recipient encryption context.
     * @throws {@link DecapError}, {@link DeserializeError}, {@link ValidationError}
     */
    async createRecipientContext(e) {
      this._validateInputLength(e), await this._setup();
      let t = await this._kem.decap(e), r;
      return e.psk !== void 0 ? r = e.senderPublicKey !== void 0 ? g.AuthPsk : g.Psk : r = e.senderPublicKey !== void 0 ? g.Auth : g.Base, await this._keyScheduleR(r, t, e);
    }
    /**
     * Encrypts a message to a recipient.
     *
     * If the error occurred, throws `EncapError` | `MessageLimitReachedError` | `SealError` | `ValidationError`.
     *
     * @param params A set of parameters for building a sender encryption context.
     * @param pt A plain text as bytes to be encrypted.
     * @param aad Additional authenticated data as bytes fed by an application.
     * @returns A cipher text and an encapsulated key as bytes.
     * @throws {@link EncapError}, {@link MessageLimitReachedError}, {@link SealError}, {@link ValidationError}
     */
    async seal(e, t, r = c.buffer) {
      let n = await this.createSenderContext(e);
      return {
        ct: await n.seal(t, r),
        enc: n.enc
      };
    }
    /**
     * Decrypts a message from a sender.
     *
     * If the error occurred, throws `DecapError` | `DeserializeError` | `OpenError` | `ValidationError`.
     *
     * @param params A set of parameters for building a recipient encryption context.
     * @param ct An encrypted text as bytes to be decrypted.
     * @param aad Additional authenticated data as bytes fed by an application.
     * @returns A decrypted plain text as bytes.
     * @throws {@link DecapError}, {@link DeserializeError}, {@link OpenError}, {@link ValidationError}
     */
    async open(e, t, r = c.buffer) {
      return await (await this.createRecipientContext(e)).open(t, r);
    }
    // private verifyPskInputs(mode: Mode, params: KeyScheduleParams) {
    //   const gotPsk = (params.psk !== undefined);
    //   const gotPskId = (params.psk !== undefined && params.psk.id.byteLength > 0);
    //   if (gotPsk !== gotPskId) {
    //     throw new Error('Inconsistent PSK inputs');
    //   }
    //   if (gotPsk && (mode === Mode.Base || mode === Mode.Auth)) {
    //     throw new Error('PSK input provided when not needed');
    //   }
    //   if (!gotPsk && (mode === Mode.Psk || mode === Mode.AuthPsk)) {
    //     throw new Error('Missing required PSK input');
    //   }
    //   return;
    // }
    async _keySchedule(e, t, r) {
      let n = r.psk === void 0 ? c : U(r.psk.id), a = await this._kdf.labeledExtract(c, Tt, n), u = r.info === void 0 ? c : U(r.info), l = await this._kdf.labeledExtract(c, Ut, u), s = new Uint8Array(1 + a.byteLength + l.byteLength);
      s.set(new Uint8Array([e]), 0), s.set(new Uint8Array(a), 1), s.set(new Uint8Array(l), 1 + a.byteLength);
      let h = r.psk === void 0 ? c : U(r.psk.key), m = this._kdf.buildLabeledIkm(Dt, h), H = this._kdf.buildLabeledInfo(Ht, s, this._kdf.hashSize), G = await this._kdf.extractAndExpand(t, m, H, this._kdf.hashSize);
      if (this._aead.id === k.ExportOnly)
        return { aead: this._aead, exporterSecret: G };
      let _ = this._kdf.buildLabeledInfo(zt, s, this._aead.keySize), Me = await this._kdf.extractAndExpand(t, m, _, this._aead.keySize), Ge = this._kdf.buildLabeledInfo(jt, s, this._aead.nonceSize), Re = await this._kdf.extractAndExpand(t, m, Ge, this._aead.nonceSize);
      return {
        aead: this._aead,
        exporterSecret: G,
        key: Me,
        baseNonce: new Uint8Array(Re),
        seq: 0
      };
    }
    async _keyScheduleS(e, t, r, n) {
      let a = await this._keySchedule(e, t, n);
      return a.key === void 0 ? new fe(this._api, this._kdf, a.exporterSecret, r) : new be(this._api, this._kdf, a, r);
    }
    async _keyScheduleR(e, t, r) {
      let n = await this._keySchedule(e, t, r);
      return n.key === void 0 ? new le(this._api, this._kdf, n.exporterSecret) : new de(this._api, this._kdf, n);
    }
    _validateInputLength(e) {
      if (e.info !== void 0 && e.info.byteLength > 65536)
        throw new f("Too long info");
      if (e.psk !== void 0) {
        if (e.psk.key.byteLength < 32)
          throw new f(`PSK must have at least ${32} bytes`);
        if (e.psk.key.byteLength > 8192)
          throw new f("Too long psk.key");
        if (e.psk.id.byteLength > 8192)
          throw new f("Too long psk.id");
      }
    }
  };

  // @hpke/core-1.9.0/node_modules/@hpke/core/esm/src/native.js
  var te = class extends pe {
  };
  var re = class extends K {
  };

  // @hpke/core-1.9.0/node_modules/@hpke/core/esm/src/kems/dhkemPrimitives/x25519.js
  var ie = "X25519", Bt = new Uint8Array([
    48,
    46,
    2,
    1,
    0,
    48,
    5,
    6,
    3,
    43,
    101,
    110,
    4,
    34,
    4,
    32
  ]), Ct = /* @__PURE__ */ (() => {
    let i = new Uint8Array(32);
    return i[0] = 9, i;
  })(), ye = class extends p {
    constructor(e) {
      super(), Object.defineProperty(this, "_hkdf", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), Object.defineProperty(this, "_alg", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), Object.defineProperty(this, "_nPk", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), Object.defineProperty(this, "_nSk", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), Object.defineProperty(this, "_nDh", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), Object.defineProperty(this, "_pkcs8AlgId", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: void 0
      }), this._alg = { name: ie }, this._hkdf = e, this._nPk = 32, this._nSk = 32, this._nDh = 32, this._pkcs8AlgId = Bt;
    }
    async serializePublicKey(e) {
      await this._setup();
      try {
        return await this._api.exportKey("raw", e);
      } catch (t) {
        throw new w(t);
      }
    }
    async deserializePublicKey(e) {
      await this._setup();
      try {
        return await this._importRawKey(o(e), !0);
      } catch (t) {
        throw new y(t);
      }
    }
    async serializePrivateKey(e) {
      await this._setup();
      try {
        let t = await this._api.exportKey("jwk", e);
        if (!("d" in t))
          throw new Error("Not private key");
        return z(t.d).buffer;
      } catch (t) {
        throw new w(t);
      }
    }
    async deserializePrivateKey(e) {
      await this._setup();
      try {
        return await this._importRawKey(o(e), !1);
      } catch (t) {
        throw new y(t);
      }
    }
    async importKey(e, t, r) {
      await this._setup();
      try {
        if (e === "raw")
          return await this._importRawKey(t, r);
        if (t instanceof ArrayBuffer)
          throw new Error("Invalid jwk key format");
        return await this._importJWK(t, r);
      } catch (n) {
        throw new y(n);
      }
    }
    async generateKeyPair() {
      await this._setup();
      try {
        return await this._api.generateKey(ie, !0, S);
      } catch (e) {
        throw new b(e);
      }
    }
    async deriveKeyPair(e) {
      await this._setup();
      try {
        let t = o(e), r = await this._hkdf.labeledExtract(c, L, new Uint8Array(t)), n = await this._hkdf.labeledExpand(r, T, c, this._nSk), a = new Uint8Array(n), u = await this._deserializePkcs8Key(a);
        return a.fill(0), {
          privateKey: u,
          publicKey: await this.derivePublicKey(u)
        };
      } catch (t) {
        throw new P(t);
      }
    }
    async derivePublicKey(e) {
      await this._setup();
      try {
        let t = await this._api.exportKey("jwk", e);
        return delete t.d, delete t.key_ops, await this._api.importKey("jwk", t, this._alg, !0, []);
      } catch {
        try {
          let t = await this._api.importKey("raw", Ct.buffer, this._alg, !0, []), r = await this._api.deriveBits({
            name: ie,
            public: t
          }, e, this._nPk * 8);
          return await this._api.importKey("raw", r, this._alg, !0, []);
        } catch (t) {
          throw new y(t);
        }
      }
    }
    async dh(e, t) {
      await this._setup();
      try {
        return await this._api.deriveBits({
          name: ie,
          public: t
        }, e, this._nDh * 8);
      } catch (r) {
        throw new w(r);
      }
    }
    async _importRawKey(e, t) {
      if (t && e.byteLength !== this._nPk)
        throw new Error("Invalid public key for the ciphersuite");
      if (!t && e.byteLength !== this._nSk)
        throw new Error("Invalid private key for the ciphersuite");
      return t ? await this._api.importKey("raw", e, this._alg, !0, []) : await this._deserializePkcs8Key(new Uint8Array(e));
    }
    async _importJWK(e, t) {
      if (typeof e.kty > "u" || e.kty !== "OKP")
        throw new Error(`Invalid kty: ${e.crv}`);
      if (typeof e.crv > "u" || e.crv !== ie)
        throw new Error(`Invalid crv: ${e.crv}`);
      if (t) {
        if (typeof e.d < "u")
          throw new Error("Invalid key: `d` should not be set");
        return await this._api.importKey("jwk", e, this._alg, !0, []);
      }
      if (typeof e.d > "u")
        throw new Error("Invalid key: `d` not found");
      return await this._api.importKey("jwk", e, this._alg, !0, S);
    }
    async _deserializePkcs8Key(e) {
      let t = new Uint8Array(this._pkcs8AlgId.length + e.length);
      return t.set(this._pkcs8AlgId, 0), t.set(e, this._pkcs8AlgId.length), await this._api.importKey("pkcs8", t, this._alg, !0, S);
    }
  };

  // @hpke/core-1.9.0/node_modules/@hpke/core/esm/src/kems/dhkemX25519.js
  var ne = class extends I {
    constructor() {
      let e = new K();
      super(v.DhkemX25519HkdfSha256, new ye(e), e), Object.defineProperty(this, "id", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: v.DhkemX25519HkdfSha256
      }), Object.defineProperty(this, "secretSize", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: 32
      }), Object.defineProperty(this, "encSize", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: 32
      }), Object.defineProperty(this, "publicKeySize", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: 32
      }), Object.defineProperty(this, "privateKeySize", {
        enumerable: !0,
        configurable: !0,
        writable: !0,
        value: 32
      });
    }
  };

  // @hpke/core-1.9.0/node_modules/@hpke/core/esm/src/kems/dhkemPrimitives/x448.js
  var ga = new Uint8Array([
    48,
    70,
    2,
    1,
    0,
    48,
    5,
    6,
    3,
    43,
    101,
    111,
    4,
    58,
    4,
    56
  ]);
  return Ze(Mt);
})();
/*! Bundled license information:

@hpke/common/esm/src/curve/modular.js:
@hpke/common/esm/src/curve/montgomery.js:
  (*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) *)
*/
