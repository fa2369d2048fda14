package io.triport.manager.template;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Grant;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.KeyTag;
import io.triport.manager.alert.RuleBook;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Problem;
import io.triport.manager.document.Shelf;
import io.triport.manager.key.KeyService;
import io.triport.manager.key.KeyText;
import io.triport.manager.key.PairSource;
import io.triport.manager.namespace.NamespaceSettings;
import io.triport.manager.route.Author;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fills namespaces by templates. Safe for many threads. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class Templates {
    private final Shelf<Template> shelf;
    private final KeyService keys;
    private final RuleBook rules;
    private final NamespaceSettings settings;

    Templates(Storage storage, KeyService keys, RuleBook rules, NamespaceSettings settings) {
        this.shelf = new Shelf<>(storage, "template", Template.FORM, Problem.TEMPLATE_NOT_FOUND);
        this.keys = keys;
        this.rules = rules;
        this.settings = settings;
    }

    Shelf<Template> shelf() {
        return shelf;
    }

    /** A template with all its variables replaced, ready to be written. */
    public final class Filled {
        private final Map<KvKey, KvPair> pairs;
        private final Map<KvKey, List<KeyTag>> tags;
        private final Template template;

        private Filled(Template template, Map<KvKey, KvPair> pairs, Map<KvKey, List<KeyTag>> tags) {
            this.template = template;
            this.pairs = pairs;
            this.tags = tags;
        }

        /**
         * Sets what the template sets, writes the keys over those of the same names, and adds the rules.
         *
         * @return how many keys
         * @throws io.triport.manager.answer.Refused SCHEMA_VIOLATED for a key that does not fit the template's own schema
         */
        public int into(Author by, Namespace namespace) {
            settings.change(by, namespace, settings.checked(new Fields(template.settings())));
            if (!pairs.isEmpty()) {
                keys.putAll(by, namespace, PairSource.of(List.copyOf(pairs.values())));
            }
            tags.forEach((key, some) -> keys.label(by, namespace, key, labels -> labels.tagged(some)));
            rules.add(by.effect(), namespace, template.alerts());
            return pairs.size();
        }
    }

    /**
     * @param fields with the member {@code variables}
     * @throws io.triport.manager.answer.Refused TEMPLATE_NOT_FOUND, and what may be wrong with a key once its variables are replaced
     */
    public Filled filled(Grant grant, String id, Fields fields) {
        var template = shelf.require(grant, id).value();
        var variables = Variables.read(fields);
        var pairs = new LinkedHashMap<KvKey, KvPair>();
        var tags = new LinkedHashMap<KvKey, List<KeyTag>>();
        for (var one : template.keys()) {
            var key = KeyText.key(variables.in(one.name()));
            var expiry = one.ttl() == 0 ? Expiry.NEVER : Expiry.after(Duration.ofSeconds(one.ttl()));
            var entry = KeyText.entry(KeyText.text(variables.in(one.value()))).expiring(expiry);
            if (pairs.put(key, new KvPair(key, entry)) != null) {
                throw Fields.invalid("variables", "such that no key is there twice");
            }
            if (!one.tags().isEmpty()) {
                tags.put(key, one.tags());
            }
        }
        return new Filled(template, pairs, tags);
    }
}
