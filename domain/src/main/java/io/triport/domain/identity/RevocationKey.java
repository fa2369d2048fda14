package io.triport.domain.identity;

import java.util.HashSet;
import java.util.Set;

/** A name under which credentials can be taken back. Ids of tokens and sessions mean something within their issuer only. */
public sealed interface RevocationKey {
    /** One token by its claim {@code jti} (RFC 7519 section 4.1.7). */
    record Token(Issuer issuer, String jti) implements RevocationKey {}

    /** All credentials of one session, by its claim {@code sid} (OpenID Connect Back-Channel Logout section 2.1). */
    record Session(Issuer issuer, String sid) implements RevocationKey {}

    /** One credential by its id: an API key, a certificate, a signing key. */
    record Credential(CredentialId credential) implements RevocationKey {}

    /** All that an issuer said of one subject. */
    record Holder(Issuer issuer, Subject subject) implements RevocationKey {}

    /** Every name under which the credential of a principal may have been taken back. */
    static Set<RevocationKey> of(Principal principal) {
        var keys = new HashSet<RevocationKey>();
        keys.add(new Credential(principal.credential()));
        keys.add(new Holder(principal.issuer(), principal.subject()));
        principal.claims().text("jti").ifPresent(jti -> keys.add(new Token(principal.issuer(), jti)));
        principal.claims().text("sid").ifPresent(sid -> keys.add(new Session(principal.issuer(), sid)));
        return Set.copyOf(keys);
    }
}
