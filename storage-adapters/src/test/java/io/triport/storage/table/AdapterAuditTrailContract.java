package io.triport.storage.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.RequestId;
import io.triport.domain.table.AuditAnchor;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.AuditQuery;
import io.triport.domain.table.AuditRow;
import io.triport.domain.table.AuditTrail;
import io.triport.domain.table.AuditVerdict;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.Paging;
import io.triport.testkit.Ability;
import io.triport.testkit.AtOnce;
import io.triport.testkit.StorageFixture;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What adapters promise beyond the contract of the port: odd names, ties, rows that have ended, many rows. */
public abstract class AdapterAuditTrailContract {
    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final String SPACE = "0123456789abcdef".repeat(2);
    private static final AuditQuery ALL = AuditQuery.all(Paging.first(1_000));
    private static final KvKey KEY = KvKey.of("a");

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
    void entries_come_back_as_they_were_the_newest_first() {
        var first = entry("create", "a@example.com", "k\u0000\uD83D\uDE00");
        var second = entry("delete", "b@example.com", "");
        trail().append(List.of(first, second));

        var rows = trail().page(ALL);

        assertThat(rows).extracting(AuditRow::entry).containsExactly(second, first);
        assertThat(rows.getFirst().id()).isGreaterThan(rows.getLast().id());
    }

    @Test
    void an_entry_of_an_earlier_moment_comes_behind_whenever_it_was_added() {
        var later = entry("create", "a", "k");
        fixture.clock().advance(Duration.ofSeconds(-60));
        var earlier = entry("create", "a", "k");
        trail().append(List.of(later));
        trail().append(List.of(earlier));

        assertThat(trail().page(ALL)).extracting(AuditRow::entry).containsExactly(later, earlier);
        assertThat(trail().verify().holds()).isTrue();
    }

    @Test
    void nothing_is_added_by_no_entries() {
        trail().append(List.of());

        assertThat(trail().page(ALL)).isEmpty();
        assertThat(trail().verify()).isEqualTo(new AuditVerdict(0, 0, AuditAnchor.NONE));
    }

    @Test
    void each_filter_lets_through_what_it_names() {
        var now = fixture.clock().instant();
        var one = new AuditEntry(
                new AuditPlace(SPACE, "one"),
                "create",
                "a@example.com",
                AuditEntry.Source.UI,
                new RequestId("r1"),
                now,
                JsonText.NONE);
        var two = new AuditEntry(
                new AuditPlace("f".repeat(32), "two"),
                "delete",
                "b@example.com",
                AuditEntry.Source.CLOUDFLARE_API,
                new RequestId("r2"),
                now.plusSeconds(1),
                new JsonText("{\"n\":1}"));
        trail().append(List.of(one, two));

        assertThat(found(ALL.ofNamespace(SPACE))).containsExactly(one);
        assertThat(found(ALL.ofUser("b@example.com"))).containsExactly(two);
        assertThat(found(query("delete", "", "", "", Instant.MIN, Instant.MAX))).containsExactly(two);
        assertThat(found(query("", "one", "", "", Instant.MIN, Instant.MAX))).containsExactly(one);
        assertThat(found(query("", "", "r2", "", Instant.MIN, Instant.MAX))).containsExactly(two);
        assertThat(found(query("", "", "", "ui", Instant.MIN, Instant.MAX))).containsExactly(one);
        assertThat(found(query("", "", "", "", now.plusSeconds(1), Instant.MAX)))
                .containsExactly(two);
        assertThat(found(query("", "", "", "", Instant.MIN, now.plusSeconds(1))))
                .containsExactly(one);
        assertThat(found(query("create", "two", "", "", Instant.MIN, Instant.MAX)))
                .isEmpty();
    }

    @Test
    void pages_follow_each_other_by_offset_and_by_id() {
        IntStream.range(0, 10).forEach(number -> trail().append(List.of(entry("create", "a", "k" + number))));

        var first = trail().page(AuditQuery.all(new Paging(4, 0)));
        var second = trail().page(AuditQuery.all(new Paging(4, 4)));
        var behind = trail().page(
                        AuditQuery.all(Paging.first(4)).before(first.getLast().id()));

        assertThat(first).extracting(row -> row.entry().place().key()).containsExactly("k9", "k8", "k7", "k6");
        assertThat(second).extracting(row -> row.entry().place().key()).containsExactly("k5", "k4", "k3", "k2");
        assertThat(behind).isEqualTo(second);
    }

    @Test
    void each_entry_names_the_one_before_by_its_hash() {
        trail().append(List.of(entry("create", "a", "1"), entry("create", "a", "2")));
        trail().append(List.of(entry("create", "a", "3")));

        var rows = trail().page(ALL);

        assertThat(rows.get(2).previousHash()).isEmpty();
        assertThat(rows.get(1).previousHash()).isEqualTo(rows.get(2).hash());
        assertThat(rows.get(0).previousHash()).isEqualTo(rows.get(1).hash());
        assertThat(trail().verify()).isEqualTo(new AuditVerdict(3, 0, AuditAnchor.NONE));
    }

    @Test
    void entries_added_at_once_are_one_chain() {
        AtOnce.run(16, number -> () -> {
            trail().append(List.of(entry("create", "a", "x" + number), entry("create", "a", "y" + number)));
            return number;
        });

        assertThat(trail().verify()).isEqualTo(new AuditVerdict(32, 0, AuditAnchor.NONE));
    }

    @Test
    void the_oldest_entries_are_forgotten_and_the_chain_holds_without_them() {
        for (var number = 0; number < 10; number++) {
            trail().append(List.of(entry("create", "a", "k" + number)));
            fixture.clock().advance(Duration.ofMinutes(1));
        }
        var fifth = fixture.clock().instant().minus(Duration.ofMinutes(5));

        assertThat(trail().forget(fifth, 3)).isEqualTo(3);
        assertThat(trail().forget(fifth, 100)).isEqualTo(2);
        assertThat(trail().forget(fifth, 100)).isZero();

        assertThat(trail().page(ALL)).hasSize(5);
        assertThat(trail().verify()).satisfies(verdict -> {
            assertThat(verdict.holds()).isTrue();
            assertThat(verdict.entries()).isEqualTo(5);
            assertThat(verdict.anchor().id()).isEqualTo(5);
        });
    }

    @Test
    void the_newest_entry_stays_so_that_the_chain_goes_on() {
        trail().append(List.of(entry("create", "a", "1"), entry("create", "a", "2")));

        assertThat(trail().forget(Instant.MAX, 100)).isEqualTo(1);
        trail().append(List.of(entry("create", "a", "3")));

        assertThat(trail().verify().holds()).isTrue();
        assertThat(trail().verify().entries()).isEqualTo(2);
    }

    @Test
    void an_entry_commits_with_the_change_that_it_is_about() {
        fixture.engine().together(unit -> {
            unit.keyValue(CACHE).put(KEY, KvEntry.of("v"), KvCondition.ANY);
            unit.tables().auditTrail().append(List.of(entry("create", "a", "a")));
            return unit.tables().auditTrail().page(ALL);
        });

        assertThat(trail().page(ALL)).hasSize(1);
        assertThat(fixture.engine().keyValue(CACHE).get(KEY)).isPresent();
    }

    @Test
    void an_entry_of_a_unit_that_fails_was_never_there() {
        trail().append(List.of(entry("create", "a", "1")));

        assertThatThrownBy(() -> fixture.engine().together(unit -> {
                    unit.tables().auditTrail().append(List.of(entry("create", "a", "2")));
                    unit.keyValue(CACHE).put(KEY, KvEntry.of("v"), KvCondition.ANY);
                    assertThat(unit.tables().auditTrail().page(ALL)).hasSize(2);
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        trail().append(List.of(entry("create", "a", "3")));

        assertThat(trail().page(ALL))
                .extracting(row -> row.entry().place().key())
                .containsExactly("3", "1");
        assertThat(trail().verify()).isEqualTo(new AuditVerdict(2, 0, AuditAnchor.NONE));
        assertThat(fixture.engine().keyValue(CACHE).get(KEY)).isEmpty();
    }

    @Test
    void an_engine_opened_again_goes_on_with_the_chain() {
        if (fixture.spares(Ability.REOPEN)) {
            return;
        }
        trail().append(List.of(entry("create", "a", "1")));

        fixture.reopen();
        trail().append(List.of(entry("create", "a", "2")));

        assertThat(trail().verify()).isEqualTo(new AuditVerdict(2, 0, AuditAnchor.NONE));
    }

    private AuditEntry entry(String operation, String user, String key) {
        return new AuditEntry(
                new AuditPlace(SPACE, key),
                operation,
                user,
                AuditEntry.Source.API,
                new RequestId("r1"),
                fixture.clock().instant().truncatedTo(ChronoUnit.MILLIS),
                new JsonText("{\"a\":\"ä\"}"));
    }

    private static AuditQuery query(
            String operation, String key, String request, String source, Instant from, Instant until) {
        return new AuditQuery(
                "", "", operation, key, request, source, from, until, Long.MAX_VALUE, Paging.first(1_000));
    }

    private List<AuditEntry> found(AuditQuery query) {
        return trail().page(query).stream().map(AuditRow::entry).toList();
    }

    private AuditTrail trail() {
        return fixture.engine().tables().auditTrail();
    }
}
