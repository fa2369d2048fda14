package io.triport.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.request.Bytes;
import io.triport.storage.durable.TurnsFixture;
import io.triport.testkit.KilledWriter;
import io.triport.testkit.SettableTicker;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class KilledAlarmsTest {
    private static final int SET_BEFORE_KILL = 250;
    private static final int RINGS = 10;

    @Test
    @Tag("DO-15")
    void alarms_that_were_answered_go_off_once_after_the_process_was_killed() {
        var directory = TemporaryDirectory.make();
        var told = KilledWriter.killAfter(
                SET_BEFORE_KILL,
                KilledSleeper.class.getName(),
                List.of(directory.path().toString()));
        var fixture = new TurnsFixture(
                () -> Sqlite.states(directory.path()), Set.of(), new SettableTicker(), directory::close);
        try {
            var objects = fixture.open(TurnsFixture.sleepers())
                    .objects(new ObjectClass(TurnsFixture.SLEEPERS))
                    .orElseThrow();

            for (var ring = 0; ring < RINGS; ring++) {
                fixture.ring();
            }

            assertThat(told).hasSizeGreaterThanOrEqualTo(SET_BEFORE_KILL).allSatisfy(number -> {
                var id = objects.named(ObjectName.of(Integer.toString(number)));
                assertThat(objects.inTurn(id, new ObjectEvent("count")).body()).isEqualTo(Bytes.utf8("1"));
            });
        } finally {
            fixture.close();
        }
    }
}
