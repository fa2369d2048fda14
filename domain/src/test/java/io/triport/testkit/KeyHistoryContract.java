package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.KeptVersion;
import io.triport.domain.table.KeyHistory;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyTag;
import io.triport.domain.table.VersionSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every history of keys promises. */
public abstract class KeyHistoryContract {
    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final NamespaceTitle OTHER = new NamespaceTitle("OTHER");
    private static final KvKey A = KvKey.of("a");
    private static final KvKey B = KvKey.of("b/\u0000%");

    private StorageFixture fixture;

    /** A fixture over data of its own; the contract closes it. */
    protected abstract StorageFixture create();

    @BeforeEach
    void open() {
        fixture = create();
        fixture.engine().resources().create(CACHE);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_version_comes_back_whole() {
        var value = Bytes.copyOf(new byte[] {0, -1, 127});
        var entry = new KvEntry(
                value,
                KvMetadata.of("{\"m\":1}"),
                Expiry.at(fixture.clock().in(Duration.ofHours(1))),
                new KvVersion(7));
        var labels = new KeyLabels(
                List.of(new KeyTag("red"), new KeyTag("blue")), new JsonText("{\"owner\":\"ann\"}"), "teal");

        history()
                .keep(
                        CACHE,
                        List.of(new KeptVersion(0, B, entry, labels, "update", "ann@example.com", now(), Instant.MAX)));

        var summary = history().versions(CACHE, B, Long.MAX_VALUE, 10).getFirst();
        assertThat(summary.size()).isEqualTo(3);
        assertThat(summary.version()).isEqualTo(new KvVersion(7));
        var found = history().find(CACHE, B, summary.number()).orElseThrow();
        assertThat(found)
                .isEqualTo(new KeptVersion(
                        summary.number(), B, entry, labels, "update", "ann@example.com", now(), Instant.MAX));
    }

    @Test
    void an_empty_value_and_a_large_one_are_kept() {
        var large = Bytes.copyOf(new byte[3_000_000]);
        keep(A, KvEntry.of(""), Instant.MAX);
        keep(A, KvEntry.of(large), Instant.MAX);

        var versions = history().versions(CACHE, A, Long.MAX_VALUE, 10);

        assertThat(versions).extracting(VersionSummary::size).containsExactly(3_000_000L, 0L);
        assertThat(history()
                        .find(CACHE, A, versions.getFirst().number())
                        .orElseThrow()
                        .entry()
                        .value())
                .isEqualTo(large);
    }

    @Test
    void versions_of_a_key_are_paged_the_newest_first() {
        IntStream.range(0, 5).forEach(i -> keep(A, KvEntry.of("v" + i), Instant.MAX));
        keep(B, KvEntry.of("other"), Instant.MAX);

        var first = history().versions(CACHE, A, Long.MAX_VALUE, 2);
        var second = history().versions(CACHE, A, first.getLast().number(), 10);

        assertThat(first).hasSize(2);
        assertThat(second).hasSize(3);
        assertThat(values(first)).containsExactly("v4", "v3");
        assertThat(values(second)).containsExactly("v2", "v1", "v0");
    }

    @Test
    void a_version_of_another_key_or_number_is_not_found() {
        keep(A, KvEntry.of("v"), Instant.MAX);
        var number = history().versions(CACHE, A, Long.MAX_VALUE, 1).getFirst().number();

        assertThat(history().find(CACHE, B, number)).isEmpty();
        assertThat(history().find(CACHE, A, number + 1)).isEmpty();
        assertThat(history().remove(CACHE, B, number)).isFalse();
        assertThat(history().remove(CACHE, A, number)).isTrue();
        assertThat(history().versions(CACHE, A, Long.MAX_VALUE, 1)).isEmpty();
    }

    @Test
    void keys_that_are_not_live_are_listed_with_their_newest_version() {
        fixture.engine().keyValue(CACHE).put(A, KvEntry.of("live"), KvCondition.ANY);
        keep(A, KvEntry.of("before"), Instant.MAX);
        keep(B, KvEntry.of("1"), Instant.MAX);
        keep(B, KvEntry.of("2"), Instant.MAX);
        keep(KvKey.of("c"), KvEntry.of("3"), Instant.MAX);

        var deleted = history().deleted(CACHE, Long.MAX_VALUE, 10);

        assertThat(values(deleted)).containsExactly("3", "2");
        assertThat(values(history().deleted(CACHE, deleted.getFirst().number(), 10)))
                .containsExactly("2");
    }

    @Test
    void what_may_go_is_not_shown_and_goes() {
        keep(A, KvEntry.of("short"), fixture.clock().in(Duration.ofHours(24)));
        keep(A, KvEntry.of("long"), Instant.MAX);
        var number = history().versions(CACHE, A, Long.MAX_VALUE, 10).getLast().number();
        fixture.clock().advance(Duration.ofHours(24));

        assertThat(values(history().versions(CACHE, A, Long.MAX_VALUE, 10))).containsExactly("long");
        assertThat(history().find(CACHE, A, number)).isEmpty();
        assertThat(history().forget(now(), 10)).isEqualTo(1);
        assertThat(history().forget(now(), 10)).isZero();
    }

    @Test
    void all_but_the_newest_of_a_key_can_be_let_go() {
        IntStream.range(0, 5).forEach(i -> keep(A, KvEntry.of("v" + i), Instant.MAX));
        keep(B, KvEntry.of("other"), Instant.MAX);

        assertThat(history().trim(CACHE, A, 2)).isEqualTo(3);

        assertThat(values(history().versions(CACHE, A, Long.MAX_VALUE, 10))).containsExactly("v4", "v3");
        assertThat(history().versions(CACHE, B, Long.MAX_VALUE, 10)).hasSize(1);
    }

    @Test
    void a_history_moves_with_its_key() {
        keep(A, KvEntry.of("1"), Instant.MAX);
        keep(A, KvEntry.of("2"), Instant.MAX);

        history().move(CACHE, A, B);

        assertThat(history().versions(CACHE, A, Long.MAX_VALUE, 10)).isEmpty();
        assertThat(values(history().versions(CACHE, B, Long.MAX_VALUE, 10))).containsExactly("2", "1");
    }

    @Test
    void a_history_follows_its_namespace_and_goes_with_it() {
        var id = fixture.engine().resources().find(CACHE).orElseThrow().id();
        keep(A, KvEntry.of("v"), Instant.MAX);

        fixture.engine().resources().rename(id, OTHER);
        assertThat(history().versions(OTHER, A, Long.MAX_VALUE, 10)).hasSize(1);

        fixture.engine().resources().drop(id);
        fixture.engine().resources().create(OTHER);
        assertThat(history().versions(OTHER, A, Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void of_a_namespace_that_does_not_exist_nothing_is_kept() {
        assertThatThrownBy(() -> history().keep(OTHER, List.of(version(A, KvEntry.of("v"), Instant.MAX))))
                .isInstanceOfSatisfying(
                        StorageFailure.Rejected.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NOT_FOUND));
        assertThatThrownBy(() -> history().versions(OTHER, A, Long.MAX_VALUE, 1))
                .isInstanceOfSatisfying(
                        StorageFailure.Rejected.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NOT_FOUND));
    }

    @Test
    void a_unit_that_throws_has_kept_nothing() {
        assertThatThrownBy(() -> fixture.engine().together(inner -> {
                    inner.tables().keyHistory().keep(CACHE, List.of(version(A, KvEntry.of("v"), Instant.MAX)));
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(history().versions(CACHE, A, Long.MAX_VALUE, 10)).isEmpty();
    }

    private void keep(KvKey key, KvEntry entry, Instant until) {
        history().keep(CACHE, List.of(version(key, entry, until)));
    }

    private KeptVersion version(KvKey key, KvEntry entry, Instant until) {
        return new KeptVersion(0, key, entry, KeyLabels.NONE, "update", "ann@example.com", now(), until);
    }

    private List<String> values(List<VersionSummary> versions) {
        return versions.stream()
                .map(version -> history()
                        .find(CACHE, version.key(), version.number())
                        .orElseThrow()
                        .entry()
                        .value()
                        .toUtf8())
                .toList();
    }

    private Instant now() {
        return fixture.clock().instant();
    }

    private KeyHistory history() {
        return fixture.engine().tables().keyHistory();
    }
}
