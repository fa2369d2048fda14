package io.triport.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.TaskName;
import io.triport.domain.schedule.Tick;
import io.triport.domain.schedule.TickClaim;
import io.triport.domain.schedule.TickLedger;
import io.triport.testkit.TickLedgerContract;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class SqliteTickLedgerTest extends TickLedgerContract {
    private final SqliteFixture fixture = new SqliteFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Override
    protected TickLedger ledger() {
        return fixture.sqlite().ticks();
    }

    @Test
    @Tag("R-03")
    void a_claim_outlives_the_process_that_made_it() {
        var sweep = new TaskName("sweep");
        var start = Instant.parse("2026-01-01T00:00:00Z");
        ledger().claim(sweep, new TickClaim(Instant.EPOCH, start, start.plusSeconds(60)));
        ledger().claim(sweep, new TickClaim(start.plusSeconds(60), start.plusSeconds(60), start.plusSeconds(120)));

        fixture.reopen();

        assertThat(ledger().claim(sweep, new TickClaim(Instant.EPOCH, start.plusSeconds(120), start.plusSeconds(180))))
                .contains(new Tick(sweep, start.plusSeconds(60), 2));
    }

    @Test
    @Tag("R-03")
    void the_run_of_a_process_that_was_killed_is_done_again_with_attempt_2() {
        var sweep = new TaskName("sweep");
        var due = Instant.parse("2026-01-01T00:01:00Z");
        ledger().claim(sweep, new TickClaim(Instant.EPOCH, due.minusSeconds(60), due));
        var attempts = fixture.kill(KilledRunner.class.getName(), List.of(sweep.text(), due.toString()));

        assertThat(attempts).containsExactly(1);
        assertThat(ledger().claim(sweep, new TickClaim(due, due.plusSeconds(59), due.plusSeconds(119))))
                .isEmpty();
        assertThat(ledger().claim(sweep, new TickClaim(due, due.plusSeconds(60), due.plusSeconds(120))))
                .contains(new Tick(sweep, due, 2));
    }
}
