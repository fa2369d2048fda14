package io.triport.manager.access;

import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;

/** The names of what may prove who asks. */
public final class Mechanisms {
    /** Assertions of an identity-aware proxy. */
    public static final MechanismName ACCESS = new MechanismName("access-jwt");

    /** API keys, and the token for the beginning. */
    public static final MechanismName KEYS = new MechanismName("api-key");

    /** The same beside an e-mail address, as older clients of Cloudflare's API send them. */
    public static final MechanismName MAIL_KEYS = new MechanismName("api-key-mail");

    /** The cookie of a session of our own. */
    public static final MechanismName SESSION = new MechanismName("session");

    /** A link to one file, on the routes that are for links. */
    public static final MechanismName LINKS = new MechanismName("file-link");

    /** Who says of a session that its holder is who he is, where nobody else does. */
    public static final Issuer OURSELVES = new Issuer("triport");

    private Mechanisms() {}
}
