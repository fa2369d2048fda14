package io.triport.domain.table;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceId;

/**
 * What an entry of the audit is about.
 *
 * @param namespace an id, or empty for no namespace
 * @param key a key's name, or empty for none
 */
public record AuditPlace(String namespace, String key) {
    public static final AuditPlace NONE = new AuditPlace("", "");

    public AuditPlace {
        if (!namespace.isEmpty()) {
            namespace = new NamespaceId(namespace).text();
        }
    }

    public static AuditPlace of(NamespaceId namespace) {
        return new AuditPlace(namespace.text(), "");
    }

    public static AuditPlace of(NamespaceId namespace, KvKey key) {
        return new AuditPlace(namespace.text(), key.text());
    }
}
