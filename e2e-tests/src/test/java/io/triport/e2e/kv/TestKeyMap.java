package io.triport.e2e.kv;

import java.util.Map;

/** The keys of the protocol page's example, and one that may do all. */
final class TestKeyMap {
    static final String ALL_SECRET = "all-e2e-secret-0123456789abcdef-0123456789";
    static final String LIMITED_SECRET = "limited-e2e-secret-0123456789abcdef-012345";
    static final String COUNTED_SECRET = "counted-e2e-secret-0123456789abcdef-012345";
    /** Requests that the counted key has for a day, on all nodes together where they share a store. */
    static final int COUNTED_REQUESTS = 5;

    private TestKeyMap() {}

    static Map<String, String> environment() {
        return Map.of("ZT_KEYS_JSON", """
            {"all": {"secret": "%s", "scopes": ["kv.get","kv.put","kv.delete","kv.list"],
                     "kv": {"namespaces": ["*"], "prefixes": [""]}},
             "limited": {"secret": "%s", "scopes": ["kv.get"],
                     "kv": {"namespaces": ["CACHE"], "prefixes": ["app1:"]}},
             "counted": {"secret": "%s", "scopes": ["kv.get"], "rateLimit": {"limit": %d, "window": "1d", "scope": "shared"},
                     "kv": {"namespaces": ["CACHE"], "prefixes": [""]}}}
            """.formatted(ALL_SECRET, LIMITED_SECRET, COUNTED_SECRET, COUNTED_REQUESTS));
    }

    static WireClient all() {
        return new WireClient("all", ALL_SECRET);
    }

    static WireClient counted() {
        return new WireClient("counted", COUNTED_SECRET);
    }

    static WireClient limited() {
        return new WireClient("limited", LIMITED_SECRET);
    }
}
