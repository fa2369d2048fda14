package io.triport.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvPut;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.StorageEngine;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one engine: this one has the cache, the other writes behind its back. */
final class EdgeCacheTest {
    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final NamespaceTitle OTHER = new NamespaceTitle("OTHER");
    private static final KvKey KEY = KvKey.of("a");
    private static final KvRead MINUTE = KvRead.WITHIN_A_MINUTE;

    private final SettableClock clock = SettableClock.anywhere();
    private final SettableTicker ticker = new SettableTicker();
    private final StorageEngine shared = new FakeStorageEngine(clock);
    private final StorageEngine node = EdgeCache.before(shared, clock, ticker);

    @BeforeEach
    void make() {
        shared.resources().create(CACHE);
    }

    @Test
    void a_read_may_be_as_old_as_its_reader_allows_and_no_older() {
        elsewhere("old");
        assertThat(read(MINUTE)).contains("old");

        elsewhere("new");
        ticker.advance(Duration.ofSeconds(60).minusNanos(1));
        assertThat(read(MINUTE)).contains("old");
        ticker.advance(Duration.ofNanos(1));

        assertThat(read(MINUTE)).contains("new");
    }

    @Test
    void each_reader_is_served_by_its_own_measure() {
        elsewhere("old");
        assertThat(read(MINUTE)).contains("old");
        elsewhere("new");
        ticker.advance(Duration.ofSeconds(40));

        assertThat(read(MINUTE)).contains("old");
        assertThat(read(new KvRead(Duration.ofSeconds(30), KvVersion.NONE))).contains("new");
    }

    @Test
    void a_fresh_read_is_never_old_and_no_later_read_goes_behind_it() {
        elsewhere("old");
        assertThat(read(MINUTE)).contains("old");
        elsewhere("new");

        assertThat(read(KvRead.FRESH)).contains("new");
        assertThat(read(MINUTE)).contains("new");
    }

    @Test
    void absence_is_remembered_as_long() {
        assertThat(read(MINUTE)).isEmpty();
        elsewhere("new");

        assertThat(read(MINUTE)).isEmpty();
        ticker.advance(Duration.ofSeconds(60));
        assertThat(read(MINUTE)).contains("new");
    }

    @Test
    void nothing_older_is_returned_than_the_version_the_reader_has_seen() {
        assertThat(read(MINUTE)).isEmpty();
        var first = elsewhere("first");
        assertThat(read(new KvRead(Duration.ofSeconds(60), first))).contains("first");
        var second = elsewhere("second");

        assertThat(read(new KvRead(Duration.ofSeconds(60), first))).contains("first");
        assertThat(read(new KvRead(Duration.ofSeconds(60), second))).contains("second");
    }

    @Test
    void many_keys_are_served_each_by_its_age() {
        elsewhere("old");
        assertThat(read(MINUTE)).contains("old");
        elsewhere("new");
        var other = KvKey.of("b");
        shared.keyValue(CACHE).put(other, KvEntry.of("b"), KvCondition.ANY);

        var found = store().getMany(List.of(KEY, other, KvKey.of("none")), MINUTE);

        assertThat(found).containsOnlyKeys(KEY, other);
        assertThat(found.values().stream().map(entry -> entry.value().toUtf8())).containsExactlyInAnyOrder("old", "b");
    }

    @Test
    void an_entry_that_ended_is_asked_for_anew() {
        shared.keyValue(CACHE)
                .put(KEY, KvEntry.of("old").expiring(Expiry.after(Duration.ofSeconds(5))), KvCondition.ANY);
        assertThat(read(MINUTE)).contains("old");
        elsewhere("new");

        clock.advance(Duration.ofSeconds(5));

        assertThat(read(MINUTE)).contains("new");
    }

    @Test
    void what_a_unit_wrote_is_seen_at_once() {
        elsewhere("old");
        assertThat(read(MINUTE)).contains("old");

        node.together(inner -> {
            var store = inner.keyValue(CACHE);
            store.put(KEY, KvEntry.of("new"), KvCondition.ANY);
            assertThat(store.get(KEY, MINUTE).orElseThrow().value().toUtf8()).isEqualTo("new");
            return store;
        });

        assertThat(read(MINUTE)).contains("new");
    }

    @Test
    void what_a_unit_wrote_within_a_unit_is_seen_at_once() {
        elsewhere("old");
        assertThat(read(MINUTE)).contains("old");

        var deleted = node.together(outer -> outer.together(
                inner -> inner.keyValue(CACHE).deleteMany(List.of(KEY)).done()));

        assertThat(deleted).isEqualTo(1);
        assertThat(read(MINUTE)).isEmpty();
    }

    @Test
    void what_a_unit_wrote_before_it_failed_is_never_seen() {
        elsewhere("old");

        assertThatThrownBy(() -> node.together(inner -> {
                    inner.keyValue(CACHE).put(KEY, KvEntry.of("new"), KvCondition.ANY);
                    inner.keyValue(CACHE).get(KEY, MINUTE);
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(read(MINUTE)).contains("old");
    }

    @Test
    void another_namespace_under_the_same_title_shows_nothing_of_the_former() {
        elsewhere("old");
        assertThat(read(MINUTE)).contains("old");
        var former = shared.resources().find(CACHE).orElseThrow().id();

        node.resources().rename(former, OTHER);
        shared.resources().create(CACHE);
        assertThat(read(MINUTE)).isEmpty();
        node.keyValue(OTHER).get(KEY, MINUTE);
        node.resources().drop(former);
        shared.resources().create(OTHER);

        assertThat(node.keyValue(OTHER).get(KEY, MINUTE)).isEmpty();
    }

    @Test
    void a_namespace_dropped_within_a_unit_shows_nothing_afterwards() {
        elsewhere("old");
        assertThat(read(MINUTE)).contains("old");

        node.together(inner -> {
            inner.resources().drop(inner.resources().find(CACHE).orElseThrow().id());
            return inner.resources().create(CACHE);
        });

        assertThat(read(MINUTE)).isEmpty();
    }

    @Test
    void what_a_reader_brings_back_from_before_a_write_is_not_kept() {
        elsewhere("old");
        var seen = new SeenEntries(clock, ticker);
        var name = new SeenEntries.Name(CACHE, KEY);

        var question = seen.ask(name);
        seen.forget(name);
        question.answered(Optional.of(KvEntry.of("old")));

        assertThat(seen.find(name, MINUTE)).isNull();
    }

    @Test
    void of_two_readers_the_one_that_asked_first_does_not_overwrite_the_other() {
        var seen = new SeenEntries(clock, ticker);
        var name = new SeenEntries.Name(CACHE, KEY);

        var first = seen.ask(name);
        var second = seen.ask(name);
        second.answered(Optional.empty());
        first.answered(Optional.of(KvEntry.of("old")));

        assertThat(seen.find(name, MINUTE)).isEqualTo(new SeenEntries.Seen(null, ticker.nanos()));
    }

    private KvVersion elsewhere(String value) {
        var put = shared.keyValue(CACHE).put(KEY, KvEntry.of(value), KvCondition.ANY);
        return ((KvPut.Stored) put).version();
    }

    private Optional<String> read(KvRead read) {
        return store().get(KEY, read).map(entry -> entry.value().toUtf8());
    }

    private KeyValueStore store() {
        return node.keyValue(CACHE);
    }
}
