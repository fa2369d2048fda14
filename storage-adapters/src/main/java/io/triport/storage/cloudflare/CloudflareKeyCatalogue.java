package io.triport.storage.cloudflare;

import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvListed;
import io.triport.domain.keyvalue.KvPage;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.KvStart;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.table.FoundKeys;
import io.triport.domain.table.IndexedKeys;
import io.triport.domain.table.KeyArea;
import io.triport.domain.table.KeyCatalogue;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyRecord;
import io.triport.domain.table.KeySearch;
import io.triport.domain.table.KeyTree;
import io.triport.domain.table.NamespaceStatistics;
import io.triport.domain.table.NamespaceTotals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known here of the keys of an account. Who asks for a key by its name learns of it; who searches finds what is known. */
final class CloudflareKeyCatalogue implements KeyCatalogue {
    private final CloudflareEngine engine;

    CloudflareKeyCatalogue(CloudflareEngine engine) {
        this.engine = engine;
    }

    @Override
    public Map<KvKey, KeyRecord> find(NamespaceTitle namespace, List<KvKey> keys) {
        learn(namespace, keys);
        return local().find(namespace, keys);
    }

    @Override
    public List<KvKey> label(NamespaceTitle namespace, Map<KvKey, KeyLabels> labels) {
        learn(namespace, List.copyOf(labels.keySet()));
        return local().label(namespace, labels);
    }

    private void learn(NamespaceTitle namespace, List<KvKey> keys) {
        var unit = engine.unit();
        if (unit != null) {
            unit.read(engine.local(), namespace, keys);
            return;
        }
        var missing = engine.account().mirror().missing(namespace, keys);
        if (!missing.isEmpty()) {
            engine.account().refresh(here(namespace), missing);
        }
    }

    @Override
    public FoundKeys search(KeySearch search) {
        return local().search(search);
    }

    @Override
    public KeyTree tree(KeyTree.Query query) {
        return local().tree(query);
    }

    @Override
    public Map<KvKey, String> colors(NamespaceTitle namespace) {
        return local().colors(namespace);
    }

    @Override
    public Optional<Instant> firstWritten(NamespaceTitle namespace) {
        return local().firstWritten(namespace);
    }

    @Override
    public NamespaceTotals totals(NamespaceTitle namespace) {
        return local().totals(namespace);
    }

    @Override
    public NamespaceTotals totals(KeyArea area) {
        return local().totals(area);
    }

    @Override
    public NamespaceStatistics statistics(NamespaceTitle namespace, String delimiter) {
        return local().statistics(namespace, delimiter);
    }

    /** Walks over both sides at once. A value that was changed there with nothing else is not noticed, but by who reads it. */
    @Override
    public IndexedKeys index(NamespaceTitle namespace) {
        if (engine.unit() != null) {
            return local().index(namespace);
        }
        var walk = new Walk(here(namespace));
        walk.run();
        return new IndexedKeys(walk.keys, walk.added, walk.gone);
    }

    private final class Walk {
        private final Namespace namespace;
        private final RemoteKeys remote;
        private KvStart from = KvStart.BEGINNING;
        private long keys;
        private long added;
        private long gone;

        private Walk(Namespace namespace) {
            this.namespace = namespace;
            this.remote = engine.account().mirror().remote(namespace.id());
        }

        private void run() {
            var cursor = "";
            do {
                var page = remote.list(KeyPrefix.EVERY, cursor, KvLimits.LIST_LIMIT);
                cursor = page.cursor();
                compare(page, cursor.isEmpty());
            } while (!cursor.isEmpty());
        }

        private void compare(RemoteKeys.Page page, boolean last) {
            if (page.keys().isEmpty() && !last) {
                return;
            }
            var here = here(page, last);
            var suspects = new ArrayList<KvKey>();
            for (var there : page.keys()) {
                var known = here.remove(there.key());
                if (known == null) {
                    added++;
                }
                if (known == null
                        || !known.metadata().equals(there.metadata())
                        || !Mirror.alike(known.expiry(), there.expiry())) {
                    suspects.add(there.key());
                }
            }
            suspects.addAll(here.keySet());
            gone += here.size();
            keys += page.keys().size();
            engine.account().refresh(namespace, suspects);
        }

        /** What is known here up to the end of the page. */
        private Map<KvKey, KvListed> here(RemoteKeys.Page page, boolean last) {
            var rows = new HashMap<KvKey, KvListed>();
            while (true) {
                var listed = engine.local()
                        .keyValue(namespace.title())
                        .list(KvQuery.all().from(from));
                for (var row : listed.keys()) {
                    if (!last && row.key().compareTo(page.keys().getLast().key()) > 0) {
                        from = new KvStart.After(page.keys().getLast().key());
                        return rows;
                    }
                    rows.put(row.key(), row);
                }
                if (listed instanceof KvPage.Last) {
                    if (!last) {
                        from = new KvStart.After(page.keys().getLast().key());
                    }
                    return rows;
                }
                from = new KvStart.After(listed.keys().getLast().key());
            }
        }
    }

    private KeyCatalogue local() {
        return engine.local().tables().keyCatalogue();
    }

    private Namespace here(NamespaceTitle title) {
        return engine.local().resources().find(title).orElseThrow(Mirror::unknown);
    }
}
