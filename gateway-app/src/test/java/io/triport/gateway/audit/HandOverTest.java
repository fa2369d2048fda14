package io.triport.gateway.audit;

import static io.triport.testkit.AuditSinkContract.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.audit.AuditRecord;
import io.triport.gateway.audit.AuditSettings.OnFull;
import io.triport.testkit.FakeAuditSink;
import io.triport.testkit.FakeAuditSpill;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The two threads of a queue, one step at a time. */
final class HandOverTest {
    private static final int PLACES = 100;

    private final FakeAuditSink sink = new FakeAuditSink();
    private final FakeAuditSpill spill = new FakeAuditSpill();
    private final Places places = new Places(PLACES);
    private final Waiting waiting = new Waiting(places, lost -> record("lost-" + lost, "/"), null);
    private final Stop stop = new Stop(new SettableTicker());
    private final SinkLink link = new SinkLink(sink, () -> {});
    private final Alarm spilling = new Alarm();
    private final SinkWriter writer =
            new SinkWriter(settings(), waiting, link, new Disk(spill), stop, new Alarm(), spilling::wake);
    private final SpillMover mover = new SpillMover(settings(), waiting, link, new Disk(spill), stop, spilling);

    @Test
    void a_stop_does_not_end_while_records_are_between_memory_and_disk() {
        var ended = new ArrayList<Boolean>();
        spill.underWay(() -> ended.add(writer.ended()));
        put("a");
        put("b");
        stop.begin(Duration.ofHours(1));

        mover.move();
        writer.run();

        assertThat(ended).containsExactly(false);
        assertThat(sink.records()).extracting(AuditRecord::id).containsExactly("a", "b");
    }

    @Test
    void a_stop_does_not_end_while_a_report_of_losses_is_between_memory_and_disk() {
        var ended = new ArrayList<Boolean>();
        spill.underWay(() -> ended.add(writer.ended()));
        waiting.shed();
        stop.begin(Duration.ofHours(1));

        mover.move();
        writer.run();

        assertThat(ended).containsExactly(false);
        assertThat(sink.records()).extracting(AuditRecord::id).containsExactly("lost-1");
    }

    @Test
    void what_the_sink_refuses_keeps_its_place_before_what_is_moved_meanwhile() {
        sink.cut(true);
        spill.underWay(() -> {
            spill.underWay(() -> sink.cut(false));
            put("b");
            mover.move();
        });
        put("a");
        stop.begin(Duration.ofHours(1));

        writer.run();

        assertThat(sink.records()).extracting(AuditRecord::id).containsExactly("a", "b");
    }

    @Test
    void what_a_broken_disk_refuses_does_not_pass_what_is_on_its_way_to_the_sink() throws InterruptedException {
        spill.breakDisk(true);
        var tries = new CountDownLatch(2);
        spill.underWay(tries::countDown);
        var moving = Thread.ofPlatform().unstarted(mover::move);
        sink.underWay(() -> {
            sink.underWay(() -> {});
            put("b");
            moving.start();
            triedTwice(tries);
        });
        put("a");

        writer.bring();
        moving.join();

        assertThat(sink.records()).extracting(AuditRecord::id).containsExactly("a", "b");
    }

    /** A mover that tries again has not handed its batch to the sink. */
    private static void triedTwice(CountDownLatch tries) {
        try {
            assertThat(tries.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void places_are_free_when_records_rest_and_not_before() {
        var taken = new ArrayList<Integer>();
        spill.underWay(() -> taken.add(places.taken()));
        put("a");

        mover.move();

        assertThat(taken).containsExactly(1);
        assertThat(places.taken()).isZero();
    }

    private void put(String id) {
        assertThat(places.take()).isTrue();
        waiting.put(new Entry(record(id, "/"), () -> {}, true));
    }

    private static AuditSettings settings() {
        return new AuditSettings(
                AuditSettings.Sink.SQL,
                "",
                PLACES,
                10,
                Duration.ofMillis(1),
                OnFull.SPILL,
                "spill",
                false,
                false,
                true,
                2_048);
    }
}
