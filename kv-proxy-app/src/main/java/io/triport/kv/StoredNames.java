package io.triport.kv;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.kv.wire.KvRefused;

/**
 * How namespaces are titled and entries named (protocol section 4): the parts that are not empty of server prefix, namespace
 * and key, joined by colons. Title and key stay apart in the store; the joined name exists only in answers of {@code list}.
 */
record StoredNames(String serverPrefix) {
    /** The title where neither server prefix nor namespace has one; refused as a namespace, so that nobody else can have it. */
    static final String NONE = "(none)";

    private static final int LONGEST_PREFIX = 256;

    /** @throws InvalidInput for a prefix that is no part of a title */
    StoredNames {
        if (serverPrefix.equals(NONE) || Bytes.utf8(serverPrefix).size() > LONGEST_PREFIX) {
            throw new InvalidInput("prefix", "at most " + LONGEST_PREFIX + " bytes, not " + NONE);
        }
    }

    /** @param namespace empty for requests without one */
    NamespaceTitle title(String namespace) {
        if (namespace.equals(NONE)) {
            throw KvRefused.invalid("namespace is reserved");
        }
        var joined = join(serverPrefix, namespace);
        return new NamespaceTitle(joined.isEmpty() ? NONE : joined);
    }

    /** What stands before the key in the names of a namespace's entries. */
    String base(NamespaceTitle title) {
        return title.text().equals(NONE) ? "" : title.text() + ":";
    }

    String name(NamespaceTitle title, KvKey key) {
        return base(title) + key.text();
    }

    /** What the names of a listing over all namespaces begin with. */
    String base() {
        return serverPrefix.isEmpty() ? "" : serverPrefix + ":";
    }

    private static String join(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + ":" + second;
    }
}
