package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.audit.AuditChain;
import io.triport.domain.audit.AuditColumn;
import io.triport.domain.audit.AuditLink;
import io.triport.domain.audit.AuditOutcome;
import io.triport.domain.audit.AuditRecord;
import io.triport.domain.audit.AuditSink;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every place where audit records stay promises. */
public abstract class AuditSinkContract {
    protected static final Instant BEGUN = Instant.parse("2026-11-21T05:00:00.123Z");

    private Fixture fixture;

    /** What an adapter gives the contract. */
    public interface Fixture extends AutoCloseable {
        AuditSink sink();

        /** What was kept, in order, as the id, a tab and the path of each. */
        List<String> kept();

        /** Whether a record whose id is there is recognised. */
        boolean knowsIds();

        /** Whether the sink can tell where a chain ended. */
        boolean knowsLinks();

        @Override
        void close();
    }

    /** A fixture over a place of its own; the contract closes it. */
    protected abstract Fixture create();

    @BeforeEach
    void open() {
        fixture = create();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void records_are_kept_in_their_order() {
        fixture.sink().append(List.of(record("a", "/1"), record("b", "/2")));
        fixture.sink().append(List.of(record("c", "/3")));

        assertThat(fixture.kept()).containsExactly("a\t/1", "b\t/2", "c\t/3");
    }

    @Test
    void batches_of_any_size_are_kept_whole() {
        for (var size : List.of(1, 9, 64, 561, 1_000)) {
            fixture.sink()
                    .append(IntStream.range(0, size)
                            .mapToObj(i -> record(size + "-" + i, "/"))
                            .toList());
        }

        assertThat(fixture.kept()).hasSize(1 + 9 + 64 + 561 + 1_000);
    }

    @Test
    void a_batch_that_comes_again_changes_nothing_where_ids_are_known() {
        var batch = List.of(record("a", "/1"), record("b", "/2"));
        fixture.sink().append(batch);

        fixture.sink().append(List.of(record("a", "/other"), record("c", "/3")));

        assertThat(fixture.kept())
                .containsExactlyElementsOf(
                        fixture.knowsIds()
                                ? List.of("a\t/1", "b\t/2", "c\t/3")
                                : List.of("a\t/1", "b\t/2", "a\t/other", "c\t/3"));
    }

    @Test
    void text_of_a_client_forges_no_record() {
        var hostile = "/\"},{\"id\":\"x\"}\r\n{\"id\":\"y\"} \u0001\u001b[2J \u2028 ' ; drop table audit_logs --";

        fixture.sink().append(List.of(record("a", hostile), record("b", "/2")));

        assertThat(fixture.kept()).containsExactly("a\t" + hostile, "b\t/2");
    }

    @Test
    void the_end_of_a_chain_is_found_where_it_can_be() {
        var chain = new AuditChain(AuditLink.NONE);
        var linked = IntStream.range(0, 3)
                .mapToObj(i -> chain.link(record("chained-" + i, "/")))
                .toList();
        assertThat(fixture.sink().lastLink("node-1")).isEmpty();

        fixture.sink().append(linked);

        if (fixture.knowsLinks()) {
            assertThat(fixture.sink().lastLink("node-1"))
                    .contains(new AuditLink(
                            3, linked.getLast().text(AuditColumn.HASH).orElseThrow()));
        } else {
            assertThat(fixture.sink().lastLink("node-1")).isEmpty();
        }
    }

    public static AuditRecord record(String id, String path) {
        return AuditRecord.builder(id, BEGUN)
                .text(AuditColumn.USER_ID, "anonymous")
                .text(AuditColumn.METHOD, "GET")
                .text(AuditColumn.PATH, path)
                .number(AuditColumn.STATUS, 200)
                .number(AuditColumn.DURATION_MS, 12)
                .text(AuditColumn.NODE, "node-1")
                .outcome(AuditOutcome.ALLOWED)
                .build();
    }
}
