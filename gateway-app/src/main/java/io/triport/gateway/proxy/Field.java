package io.triport.gateway.proxy;

import java.util.Map;

/** What is done with a header field of a request on its way to the upstream. */
enum Field {
    /** It goes on as it is. */
    PASSES,
    /** Says who the caller is or from where: only the gateway says that. Its aliases are dropped too. */
    OURS,
    /** Says by which way the request came: replaced, or appended to behind a trusted proxy. Its aliases are dropped too. */
    WAY,
    /** Belongs to this connection. */
    HOP,
    /** Belongs to this connection, and names others that do. */
    CONNECTION,
    HOST,
    /** Framing, which the encoder of the next connection needs. */
    FRAMING,
    AUTHORIZATION,
    COOKIE,
    EXPECT,
    REQUEST_ID,
    TRACE;

    /*
     * One look per field
     *
     * A field's name is folded while it is hashed: letters to lower case, and whatever is neither letter nor digit to a
     * hyphen. So `X_User.ID` meets the entry of `x-user-id` without a copy of the name. Names that only fold to an entry are
     * aliases, which matter for the first two kinds alone.
     */
    private static final int SIZE = 256;
    private static final String[] NAMES = new String[SIZE];
    private static final Field[] KINDS = new Field[SIZE];
    private static final String[] PREFIXES = {"x-client-cert-", "cf-access-", "cf-client-cert-", "x-forwarded-"};

    private static final Map<Field, String[]> ENTRIES = Map.of(
            OURS,
            new String[] {
                "x-user-id",
                "x-user-role",
                "x-user-email",
                "x-user-scopes",
                "x-auth-mechanism",
                "x-identity-assertion",
                "x-identity-encoding",
                "x-client-cert",
                "x-retry-count",
                "client-cert",
                "client-cert-chain",
                "cf-client-cert"
            },
            WAY,
            new String[] {
                "forwarded",
                "x-forwarded-for",
                "x-forwarded-proto",
                "x-forwarded-host",
                "x-real-ip",
                "x-client-ip",
                "true-client-ip",
                "cf-connecting-ip"
            },
            HOP,
            new String[] {
                "keep-alive",
                "proxy-connection",
                "proxy-authorization",
                "proxy-authenticate",
                "te",
                "upgrade",
                "http2-settings"
            },
            CONNECTION,
            new String[] {"connection"},
            HOST,
            new String[] {"host"},
            FRAMING,
            new String[] {"content-length", "transfer-encoding"},
            AUTHORIZATION,
            new String[] {"authorization"},
            COOKIE,
            new String[] {"cookie"},
            EXPECT,
            new String[] {"expect"},
            REQUEST_ID,
            new String[] {"x-request-id"});

    static {
        ENTRIES.forEach((kind, names) -> {
            for (var name : names) {
                enter(name, kind);
            }
        });
        enter("traceparent", TRACE);
    }

    /** Whether only the gateway, and no client, says what the field says. */
    boolean protectedFromClients() {
        return this == OURS || this == WAY || this == REQUEST_ID;
    }

    static Field of(CharSequence name) {
        var hash = 0;
        var exact = true;
        for (var i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            var folded = fold(c);
            exact &= folded != '-' || c == '-';
            hash = 31 * hash + folded;
        }
        var found = find(name, hash);
        if (found == PASSES && prefixed(name)) {
            found = startsWith(name, PREFIXES[PREFIXES.length - 1]) ? WAY : OURS;
        }
        return exact || found.protectedFromClients() ? found : PASSES;
    }

    /** Whether a name has anything but letters, digits and hyphens. */
    static boolean odd(CharSequence name) {
        for (var i = 0; i < name.length(); i++) {
            if (fold(name.charAt(i)) == '-' && name.charAt(i) != '-') {
                return true;
            }
        }
        return false;
    }

    /** Whether the one name folds to the other. @param folded in lower case */
    static boolean folds(CharSequence name, String folded) {
        return name.length() == folded.length() && startsWith(name, folded);
    }

    private static Field find(CharSequence name, int hash) {
        for (var slot = hash & SIZE - 1; NAMES[slot] != null; slot = slot + 1 & SIZE - 1) {
            if (folds(name, NAMES[slot])) {
                return KINDS[slot];
            }
        }
        return PASSES;
    }

    private static boolean prefixed(CharSequence name) {
        for (var prefix : PREFIXES) {
            if (startsWith(name, prefix)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(CharSequence name, String prefix) {
        if (name.length() < prefix.length()) {
            return false;
        }
        for (var i = 0; i < prefix.length(); i++) {
            if (fold(name.charAt(i)) != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static char fold(char c) {
        if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
            return c;
        }
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : '-';
    }

    private static void enter(String name, Field kind) {
        var hash = 0;
        for (var i = 0; i < name.length(); i++) {
            hash = 31 * hash + name.charAt(i);
        }
        var slot = hash & SIZE - 1;
        while (NAMES[slot] != null) {
            slot = slot + 1 & SIZE - 1;
        }
        NAMES[slot] = name;
        KINDS[slot] = kind;
    }
}
