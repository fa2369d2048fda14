package io.triport.storage.apart;

import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.StorageEngine;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.FakeStorageFixture;
import io.triport.testkit.StorageFixture;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Two fake engines, of which the second has some namespaces. */
final class ApartFixture {
    /** Of the titles that the contracts give: some, and not those beside them. */
    private static final Set<NamespaceTitle> THERE = Stream.of("CACHE", "OTHER", "a", "\u00E9", "\uFFEE")
            .map(NamespaceTitle::new)
            .collect(Collectors.toUnmodifiableSet());

    private ApartFixture() {}

    /** The contracts' namespaces lie on the second engine. */
    static StorageFixture there() {
        return of(THERE);
    }

    /** They lie on the first. */
    static StorageFixture here() {
        return of(Set.of(new NamespaceTitle("elsewhere")));
    }

    private static StorageFixture of(Set<NamespaceTitle> titles) {
        return new FakeStorageFixture((engine, clock) -> apart(engine, new FakeStorageEngine(clock), titles));
    }

    private static StorageEngine apart(StorageEngine engine, StorageEngine other, Set<NamespaceTitle> titles) {
        return Apart.beside(engine, other, titles);
    }
}
