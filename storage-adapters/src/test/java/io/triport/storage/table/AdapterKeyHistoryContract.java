package io.triport.storage.table;

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
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.KeptVersion;
import io.triport.domain.table.KeyHistory;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyTag;
import io.triport.domain.table.VersionSummary;
import io.triport.testkit.Ability;
import io.triport.testkit.StorageFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What adapters promise beyond the contract of the port: odd names, ties, rows that have ended, many rows. */
public abstract class AdapterKeyHistoryContract {
    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final NamespaceTitle OTHER = new NamespaceTitle("OTHER");
    private static final KvKey A = KvKey.of("a\u0000\uD83D\uDE00");
    private static final KvKey B = KvKey.of("b");
    private static final int MANY = 100;

    private StorageFixture fixture;
    private NamespaceId id = new NamespaceId("0".repeat(32));

    /** A fixture over data of its own; the contract closes it. */
    protected abstract StorageFixture create();

    @BeforeEach
    void open() {
        fixture = create();
        id = fixture.engine().resources().create(CACHE).id();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_version_comes_back_whole() {
        var value = new byte[100_000];
        Arrays.fill(value, (byte) 0xFF);
        var entry = new KvEntry(
                Bytes.copyOf(value), KvMetadata.of("{\"m\":1}"), Expiry.at(now().plusSeconds(60)), new KvVersion(7));
        var labels = new KeyLabels(List.of(new KeyTag("b"), new KeyTag("a ä")), new JsonText("{\"n\":1}"), "red");
        var version = new KeptVersion(0, A, entry, labels, "update", "a@example.com", now(), now().plusSeconds(90));

        history().keep(CACHE, List.of(version));

        var summary = history().versions(CACHE, A, Long.MAX_VALUE, MANY).getFirst();
        assertThat(summary).isEqualTo(version.numbered(summary.number()).summary());
        assertThat(history().find(CACHE, A, summary.number())).contains(version.numbered(summary.number()));
        assertThat(history().find(CACHE, B, summary.number())).isEmpty();
    }

    @Test
    void an_empty_value_without_labels_comes_back_too() {
        history().keep(CACHE, List.of(version(A, "")));

        var number = numbers(A).getFirst();

        assertThat(history().find(CACHE, A, number)).contains(version(A, "").numbered(number));
    }

    @Test
    void versions_are_numbered_over_all_keys_and_come_the_newest_first() {
        history().keep(CACHE, List.of(version(A, "1"), version(B, "2"), version(A, "3")));
        history().keep(CACHE, List.of(version(A, "4")));

        var numbers = numbers(A);

        assertThat(values(A)).containsExactly("4", "3", "1");
        assertThat(numbers(B).getFirst()).isBetween(numbers.get(2), numbers.get(1));
        assertThat(history().versions(CACHE, A, numbers.get(0), 1))
                .extracting(VersionSummary::number)
                .containsExactly(numbers.get(1));
    }

    @Test
    void a_version_that_may_go_is_not_seen_any_more_and_then_goes() {
        var ending = ending(A, "1", now().plusSeconds(60));
        history().keep(CACHE, List.of(ending, ending, version(A, "2")));
        var number = numbers(A).getLast();

        fixture.clock().advance(Duration.ofSeconds(59));
        assertThat(values(A)).containsExactly("2", "1", "1");
        fixture.clock().advance(Duration.ofSeconds(1));

        assertThat(values(A)).containsExactly("2");
        assertThat(history().find(CACHE, A, number)).isEmpty();
        assertThat(history().forget(now(), 1)).isEqualTo(1);
        assertThat(history().forget(now(), MANY)).isEqualTo(1);
        assertThat(history().forget(now(), MANY)).isZero();
        assertThat(values(A)).containsExactly("2");
    }

    @Test
    void keys_that_are_not_live_show_their_newest_version() {
        put(A, Expiry.NEVER);
        put(B, Expiry.after(Duration.ofSeconds(60)));
        var gone = KvKey.of("gone");
        history().keep(CACHE, List.of(version(A, "1"), version(B, "2"), version(gone, "3"), version(gone, "4")));

        assertThat(deleted()).containsExactly(gone);
        fixture.clock().advance(Duration.ofSeconds(60));
        assertThat(deleted()).containsExactly(gone, B);
        fixture.engine().keyValue(CACHE).delete(A);
        assertThat(deleted()).containsExactly(gone, B, A);

        var newest = history().deleted(CACHE, Long.MAX_VALUE, 1).getFirst();
        assertThat(newest.number()).isEqualTo(numbers(gone).getFirst());
        assertThat(history().deleted(CACHE, newest.number(), MANY))
                .extracting(VersionSummary::key)
                .containsExactly(B, A);
    }

    @Test
    void a_version_is_removed_alone() {
        history().keep(CACHE, List.of(version(A, "1"), version(A, "2")));
        var newest = numbers(A).getFirst();

        assertThat(history().remove(CACHE, B, newest)).isFalse();
        assertThat(history().remove(CACHE, A, newest)).isTrue();
        assertThat(history().remove(CACHE, A, newest)).isFalse();

        assertThat(values(A)).containsExactly("1");
    }

    @Test
    void versions_move_with_their_key() {
        history().keep(CACHE, List.of(version(A, "1"), version(B, "2"), version(A, "3")));

        history().move(CACHE, A, B);

        assertThat(values(A)).isEmpty();
        assertThat(values(B)).containsExactly("3", "2", "1");
    }

    @Test
    void all_but_the_newest_versions_are_let_go() {
        history()
                .keep(
                        CACHE,
                        IntStream.range(0, 5).mapToObj(i -> version(A, "v" + i)).toList());
        history().keep(CACHE, List.of(version(B, "b")));

        assertThat(history().trim(CACHE, A, 2)).isEqualTo(3);
        assertThat(history().trim(CACHE, A, 2)).isZero();

        assertThat(values(A)).containsExactly("v4", "v3");
        assertThat(values(B)).containsExactly("b");
        assertThat(history().trim(CACHE, A, 0)).isEqualTo(2);
    }

    @Test
    void the_history_follows_its_namespace_and_goes_with_it() {
        history().keep(CACHE, List.of(version(A, "1")));

        fixture.engine().resources().rename(id, OTHER);
        assertThat(history().versions(OTHER, A, Long.MAX_VALUE, MANY)).hasSize(1);
        fixture.engine().resources().drop(id);
        fixture.engine().resources().create(OTHER);

        assertThat(history().versions(OTHER, A, Long.MAX_VALUE, MANY)).isEmpty();
        assertThat(history().deleted(OTHER, Long.MAX_VALUE, MANY)).isEmpty();
        assertThat(history().forget(now(), MANY)).isEqualTo(1);
        assertThat(history().forget(now(), MANY)).isZero();
    }

    @Test
    void a_namespace_that_is_not_there_has_no_history() {
        assertNotFound(() -> history().keep(OTHER, List.of(version(A, "1"))));
        assertNotFound(() -> history().versions(OTHER, A, Long.MAX_VALUE, MANY));
        assertNotFound(() -> history().deleted(OTHER, Long.MAX_VALUE, MANY));
        assertNotFound(() -> history().find(OTHER, A, 1));
        assertNotFound(() -> history().remove(OTHER, A, 1));
        assertNotFound(() -> history().move(OTHER, A, B));
        assertNotFound(() -> history().trim(OTHER, A, 1));
    }

    @Test
    void a_version_of_a_unit_that_fails_was_never_kept() {
        assertThatThrownBy(() -> fixture.engine().together(unit -> {
                    unit.tables().keyHistory().keep(CACHE, List.of(version(A, "1")));
                    assertThat(unit.tables().keyHistory().versions(CACHE, A, Long.MAX_VALUE, MANY))
                            .hasSize(1);
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(values(A)).isEmpty();
    }

    @Test
    void an_engine_opened_again_has_the_versions() {
        if (fixture.spares(Ability.REOPEN)) {
            return;
        }
        history().keep(CACHE, List.of(version(A, "1")));

        fixture.reopen();
        history().keep(CACHE, List.of(version(A, "2")));

        assertThat(values(A)).containsExactly("2", "1");
    }

    private void put(KvKey key, Expiry expiry) {
        fixture.engine().keyValue(CACHE).put(key, KvEntry.of("live").expiring(expiry), KvCondition.ANY);
    }

    private KeptVersion version(KvKey key, String value) {
        return ending(key, value, Instant.MAX);
    }

    private KeptVersion ending(KvKey key, String value, Instant keptUntil) {
        var entry = KvEntry.of(value).stored(new KvVersion(1), now());
        return new KeptVersion(0, key, entry, KeyLabels.NONE, "update", "a@example.com", now(), keptUntil);
    }

    private List<Long> numbers(KvKey key) {
        return history().versions(CACHE, key, Long.MAX_VALUE, MANY).stream()
                .map(VersionSummary::number)
                .toList();
    }

    private List<String> values(KvKey key) {
        return numbers(key).stream()
                .map(number -> history().find(CACHE, key, number).orElseThrow())
                .map(version -> version.entry().value().toUtf8())
                .toList();
    }

    private List<KvKey> deleted() {
        return history().deleted(CACHE, Long.MAX_VALUE, MANY).stream()
                .map(VersionSummary::key)
                .toList();
    }

    private static void assertNotFound(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.Rejected.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NOT_FOUND));
    }

    private Instant now() {
        return fixture.clock().instant();
    }

    private KeyHistory history() {
        return fixture.engine().tables().keyHistory();
    }
}
