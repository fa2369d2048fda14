package io.triport.kv;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.VolatileNamespaces;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.launch.RedisReader;
import io.triport.kv.wire.KvRefused;
import java.util.HashSet;
import java.util.Optional;

/** Reads which namespaces lie on a server that may lose them. */
final class VolatileReader {
    private VolatileReader() {}

    static Optional<VolatileNamespaces> read(Section kv, StoredNames names) {
        var titles = kv.list(
                "volatile-namespaces",
                new Value<>("1..512 bytes, not " + StoredNames.NONE, text -> title(names, text)),
                "Namespaces on a Redis or Valkey server: what they have may vanish at any time.");
        var server = RedisReader.read(
                kv, "volatile-store", kv.optional("volatile-store", RedisReader.SERVER, "That server."));
        if (titles.isEmpty() != server.isEmpty()) {
            throw titles.isEmpty()
                    ? kv.error("volatile-namespaces", "none", "one or more, beside volatile-store")
                    : kv.error(
                            "volatile-store", "none", "redis[s]://host[:port][/database], beside volatile-namespaces");
        }
        return server.map(there -> new VolatileNamespaces(new HashSet<>(titles), there));
    }

    static String warning(VolatileNamespaces namespaces) {
        return "volatile namespaces="
                + String.join(
                        ",",
                        namespaces.titles().stream()
                                .map(NamespaceTitle::text)
                                .sorted()
                                .toList())
                + " store=" + namespaces.server().address() + ": what they have may vanish at any time";
    }

    private static NamespaceTitle title(StoredNames names, String namespace) {
        try {
            if (!namespace.isEmpty()) {
                return names.title(namespace);
            }
        } catch (KvRefused | StorageFailure e) {
            throw new InvalidInput("namespace", "another name");
        }
        throw new InvalidInput("namespace", "a name");
    }
}
