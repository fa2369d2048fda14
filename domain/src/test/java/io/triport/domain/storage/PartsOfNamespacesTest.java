package io.triport.domain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.RequestId;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.AuditQuery;
import io.triport.domain.table.AuditRow;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.KeptVersion;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.Paging;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody sees of a namespace who may see some of its keys. */
final class PartsOfNamespacesTest {
    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final NamespaceTitle OTHER = new NamespaceTitle("OTHER");
    private static final JsonText DETAILS = new JsonText("{\"new_name\":\"b:9\"}");

    private final SettableClock clock = SettableClock.anywhere();
    private final FakeStorageEngine engine = new FakeStorageEngine(clock);
    private final Storage storage = new Storage(engine, clock, new SettableTicker(), new RecordingStorageLog());
    private final TestGrants grants = new TestGrants(clock);

    @BeforeEach
    void make() {
        engine.resources().create(CACHE);
        engine.resources().create(OTHER);
        for (var name : List.of("a:1", "a:2", "ab", "b:1")) {
            engine.keyValue(CACHE).put(KvKey.of(name), KvEntry.of("four"), KvCondition.ANY);
        }
        engine.keyValue(OTHER).put(KvKey.of("a:1"), KvEntry.of("four"), KvCondition.ANY);
    }

    private Grant reading(String... prefixes) {
        var keys = Stream.of(prefixes).map(KeyPrefix::of).collect(Collectors.toSet());
        return grants.of(
                "reader",
                new Permission(
                        Set.of(Action.NAMESPACE_FIND, Action.KV_LIST, Action.AUDIT_READ),
                        Set.of(ResourcePattern.exactly("CACHE")),
                        keys));
    }

    @Test
    void prefixes_of_keys_are_plain_bytes_and_the_fewest() {
        assertThat(reading("a", "a:", "b:1").prefixes(Action.KV_LIST, "CACHE"))
                .containsExactlyInAnyOrder(KeyPrefix.of("a"), KeyPrefix.of("b:1"));
        assertThat(KeyPrefix.of("a:").within(Set.of(KeyPrefix.of("a:2"), KeyPrefix.of("a:1"), KeyPrefix.of("b"))))
                .containsExactly(KeyPrefix.of("a:1"), KeyPrefix.of("a:2"));
        assertThat(KeyPrefix.of("a:1").within(Set.of(KeyPrefix.of("a")))).containsExactly(KeyPrefix.of("a:1"));
    }

    @Test
    void totals_count_what_may_be_listed() {
        assertThat(storage.keyCatalogue(reading("a:", "ab")).totals(CACHE).keys())
                .isEqualTo(3);
        assertThat(storage.keyCatalogue(reading("a:")).totals(CACHE).bytes()).isEqualTo(8);
        assertThat(storage.keyCatalogue(reading("x")).totals(CACHE).keys()).isZero();
        assertThat(storage.keyCatalogue(reading("")).totals(CACHE).keys()).isEqualTo(4);
        assertDenied(() -> storage.keyCatalogue(reading("a:")).totals(OTHER));
    }

    @Test
    void of_deleted_keys_those_are_seen_that_might_be_listed() {
        var versions = new ArrayList<KeptVersion>();
        for (var name : List.of("a:7", "b:7", "b:8", "a:8", "b:9")) {
            versions.add(new KeptVersion(
                    0,
                    KvKey.of(name),
                    KvEntry.of("v").expiring(Expiry.NEVER),
                    KeyLabels.NONE,
                    "delete",
                    "somebody",
                    clock.instant(),
                    clock.in(Duration.ofDays(1))));
        }
        engine.tables().keyHistory().keep(CACHE, versions);

        assertThat(storage.keyHistory(reading("a:")).deleted(CACHE, Long.MAX_VALUE, 1))
                .extracting(version -> version.key().text())
                .containsExactly("a:8");
        assertThat(storage.keyHistory(reading("a:")).deleted(CACHE, Long.MAX_VALUE, 10))
                .extracting(version -> version.key().text())
                .containsExactly("a:8", "a:7");
        assertDenied(() -> storage.keyHistory(reading("a:")).deleted(OTHER, Long.MAX_VALUE, 1));
    }

    @Test
    void the_audit_tells_of_own_namespaces_and_of_own_keys_without_details() {
        var cache = engine.resources().find(CACHE).orElseThrow();
        var other = engine.resources().find(OTHER).orElseThrow();
        engine.tables()
                .auditTrail()
                .append(List.of(
                        entry(AuditPlace.NONE),
                        entry(AuditPlace.of(cache.id())),
                        entry(place(cache, "a:1")),
                        entry(place(cache, "b:1")),
                        entry(place(other, "a:1"))));

        assertThat(keys(reading("a:"), AuditQuery.all(Paging.first(10)))).containsExactly("a:1");
        assertThat(storage.auditTrail(reading("a:"))
                        .page(AuditQuery.all(Paging.first(10)))
                        .getFirst()
                        .entry()
                        .details())
                .isEqualTo(JsonText.NONE);
        assertThat(keys(reading(""), AuditQuery.all(Paging.first(10)))).containsExactly("b:1", "a:1", "");
        assertThat(keys(reading(""), AuditQuery.all(new Paging(1, 1)))).containsExactly("a:1");
        assertThat(storage.auditTrail(reading(""))
                        .page(AuditQuery.all(Paging.first(1)))
                        .getFirst()
                        .entry()
                        .details())
                .isEqualTo(DETAILS);
        assertThat(keys(
                        reading("b:"),
                        AuditQuery.all(Paging.first(10)).ofNamespace(cache.id().text())))
                .containsExactly("b:1");
        assertDenied(() -> keys(
                reading("a:"),
                AuditQuery.all(Paging.first(10)).ofNamespace(other.id().text())));
        assertThat(storage.auditTrail(grants.ofEverything()).page(AuditQuery.all(Paging.first(10))))
                .hasSize(5);
    }

    @Test
    void a_pattern_may_leave_containers_out() {
        var writing = grants.of(
                "writer",
                new Permission(
                        Set.of(Action.KV_PUT),
                        Set.of(ResourcePattern.except(ResourcePattern.all(), Set.of("CACHE"))),
                        Set.of(KeyPrefix.EVERY)));

        assertThat(writing.permits(Action.KV_PUT, ResourceName.container("OTHER")))
                .isTrue();
        assertDenied(() -> storage.keyValue(writing, CACHE).put(KvKey.of("k"), KvEntry.of("v"), KvCondition.ANY));
    }

    private List<String> keys(Grant grant, AuditQuery query) {
        return storage.auditTrail(grant).page(query).stream()
                .map(AuditRow::entry)
                .map(entry -> entry.place().key())
                .toList();
    }

    private static AuditPlace place(Namespace namespace, String key) {
        return AuditPlace.of(namespace.id(), KvKey.of(key));
    }

    private AuditEntry entry(AuditPlace place) {
        return new AuditEntry(
                place, "update", "somebody", AuditEntry.Source.API, new RequestId("test-1"), clock.instant(), DETAILS);
    }

    private static void assertDenied(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(StorageFailure.AccessDenied.class);
    }
}
