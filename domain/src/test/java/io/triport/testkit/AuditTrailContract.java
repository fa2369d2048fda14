package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceId;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every trail of the audit promises. */
public abstract class AuditTrailContract {
    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final KvKey KEY = KvKey.of("a");

    private StorageFixture fixture;
    private NamespaceId space = new NamespaceId("0".repeat(32));

    /** A fixture over data of its own; the contract closes it. */
    protected abstract StorageFixture create();

    @BeforeEach
    void open() {
        fixture = create();
        space = fixture.engine().resources().create(CACHE).id();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void an_entry_is_read_as_it_was_written() {
        var entry = new AuditEntry(
                AuditPlace.of(space, KEY),
                "bulk_delete",
                "ann@example.com",
                AuditEntry.Source.CLOUDFLARE_API,
                new RequestId("r-1"),
                fixture.clock().instant(),
                new JsonText("{\"total\":2}"));

        trail().append(List.of(entry));

        var row = only(page(AuditQuery.all(Paging.first(10))));
        assertThat(row.entry()).isEqualTo(entry);
        assertThat(row.previousHash()).isEmpty();
        assertThat(row.follows("")).isTrue();
    }

    @Test
    void the_newest_come_first_and_those_of_one_moment_by_their_ids() {
        append("create", "update");
        fixture.clock().advance(Duration.ofSeconds(1));
        append("delete");

        assertThat(operations(AuditQuery.all(Paging.first(10)))).containsExactly("delete", "update", "create");
        assertThat(operations(AuditQuery.all(new Paging(1, 1)))).containsExactly("update");
    }

    @Test
    void each_filter_leaves_out_what_is_not_asked_for() {
        append("create");
        var later = fixture.clock().in(Duration.ofSeconds(10));
        fixture.clock().set(later);
        trail().append(List.of(new AuditEntry(
                AuditPlace.NONE,
                "create_namespace",
                "bob@example.com",
                AuditEntry.Source.UI,
                new RequestId("r-2"),
                later,
                JsonText.NONE)));
        var all = AuditQuery.all(Paging.first(10));

        assertThat(operations(all.ofNamespace(space.text()))).containsExactly("create");
        assertThat(operations(all.ofUser("bob@example.com"))).containsExactly("create_namespace");
        assertThat(operations(query("", "create", "", "", "", Instant.MIN, Instant.MAX)))
                .containsExactly("create");
        assertThat(operations(query("", "", KEY.text(), "", "", Instant.MIN, Instant.MAX)))
                .containsExactly("create");
        assertThat(operations(query("", "", "", "r-2", "", Instant.MIN, Instant.MAX)))
                .containsExactly("create_namespace");
        assertThat(operations(query("", "", "", "", "ui", Instant.MIN, Instant.MAX)))
                .containsExactly("create_namespace");
        assertThat(operations(query("", "", "", "", "", later, Instant.MAX))).containsExactly("create_namespace");
        assertThat(operations(query("", "", "", "", "", Instant.MIN, later))).containsExactly("create");
        assertThat(operations(query("nobody@example.com", "", "", "", "", Instant.MIN, Instant.MAX)))
                .isEmpty();
    }

    @Test
    void a_walk_by_ids_sees_each_entry_once_while_others_are_added() {
        IntStream.range(0, 25).forEach(i -> append("update"));

        var seen = new java.util.ArrayList<Long>();
        var query = AuditQuery.all(Paging.first(10));
        for (var page = page(query); !page.isEmpty(); page = page(query)) {
            page.forEach(row -> seen.add(row.id()));
            append("create");
            query = query.before(page.getLast().id());
        }

        assertThat(seen).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void each_entry_names_the_one_before_by_its_hash() {
        append("create", "update");
        append("delete");

        var rows = page(AuditQuery.all(Paging.first(10))).reversed();

        assertThat(rows.get(1).follows(rows.get(0).hash())).isTrue();
        assertThat(rows.get(2).follows(rows.get(1).hash())).isTrue();
        assertThat(trail().verify()).isEqualTo(new AuditVerdict(3, 0, AuditAnchor.NONE));
    }

    @Test
    void entries_that_are_added_at_once_make_one_chain() {
        AtOnce.run(16, number -> () -> {
            append("create", "update");
            return number;
        });

        assertThat(trail().verify()).isEqualTo(new AuditVerdict(32, 0, AuditAnchor.NONE));
    }

    @Test
    void an_empty_trail_holds() {
        assertThat(trail().verify()).isEqualTo(new AuditVerdict(0, 0, AuditAnchor.NONE));
        assertThat(page(AuditQuery.all(Paging.first(10)))).isEmpty();
    }

    @Test
    void old_entries_can_be_let_go_and_the_rest_still_holds() {
        append("create", "update");
        fixture.clock().advance(Duration.ofDays(1));
        var later = fixture.clock().instant();
        append("delete");

        var second = AuditAnchor.at(page(AuditQuery.all(new Paging(1, 1))).getFirst());

        assertThat(trail().forget(later, 1)).isEqualTo(1);
        assertThat(trail().forget(later, 10)).isEqualTo(1);
        assertThat(trail().forget(later, 10)).isZero();

        assertThat(operations(AuditQuery.all(Paging.first(10)))).containsExactly("delete");
        assertThat(trail().verify()).isEqualTo(new AuditVerdict(1, 0, second));
    }

    @Test
    void the_anchor_stays_where_it_was_when_a_unit_that_lets_go_fails() {
        append("create", "update", "delete");
        var later = fixture.clock().in(Duration.ofSeconds(1));

        assertThatThrownBy(() -> fixture.engine().together(inner -> {
                    inner.tables().auditTrail().forget(later, 1);
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(trail().verify()).isEqualTo(new AuditVerdict(3, 0, AuditAnchor.NONE));
    }

    @Test
    void an_entry_commits_with_the_change_that_it_is_about_or_not_at_all() {
        assertThatThrownBy(() -> fixture.engine().together(inner -> {
                    inner.keyValue(CACHE).put(KEY, KvEntry.of("v"), KvCondition.ANY);
                    inner.tables().auditTrail().append(List.of(entry("create")));
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(page(AuditQuery.all(Paging.first(10)))).isEmpty();
        assertThat(fixture.engine().keyValue(CACHE).get(KEY)).isEmpty();

        fixture.engine().together(inner -> {
            inner.tables().auditTrail().append(List.of(entry("create")));
            return inner.keyValue(CACHE).put(KEY, KvEntry.of("v"), KvCondition.ANY);
        });

        assertThat(operations(AuditQuery.all(Paging.first(10)))).containsExactly("create");
        assertThat(trail().verify()).isEqualTo(new AuditVerdict(1, 0, AuditAnchor.NONE));
    }

    private void append(String... operations) {
        trail().append(List.of(operations).stream().map(this::entry).toList());
    }

    private AuditEntry entry(String operation) {
        return new AuditEntry(
                AuditPlace.of(space, KEY),
                operation,
                "ann@example.com",
                AuditEntry.Source.API,
                new RequestId("r-1"),
                fixture.clock().instant(),
                JsonText.NONE);
    }

    private List<AuditRow> page(AuditQuery query) {
        return trail().page(query);
    }

    private List<String> operations(AuditQuery query) {
        return page(query).stream().map(row -> row.entry().operation()).toList();
    }

    private static AuditQuery query(
            String user, String operation, String key, String request, String source, Instant from, Instant until) {
        return new AuditQuery("", user, operation, key, request, source, from, until, Long.MAX_VALUE, Paging.first(10));
    }

    private static AuditRow only(List<AuditRow> rows) {
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    private AuditTrail trail() {
        return fixture.engine().tables().auditTrail();
    }
}
