package io.triport.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.testkit.GeneratedContent;
import io.triport.testkit.SettableClock;
import io.triport.testkit.TestGrants;
import org.junit.jupiter.api.Test;

final class StoreWaitTest {
    private final StoreWait wait = new StoreWait();

    @Test
    void all_calls_of_a_request_count_from_the_first() {
        assertThat(wait.since(10)).isEqualTo(10);
        assertThat(wait.since(25)).isEqualTo(10);
    }

    @Test
    void bytes_that_move_begin_the_waiting_anew() {
        wait.since(10);

        wait.moved();

        assertThat(wait.since(25)).isEqualTo(25);
        assertThat(wait.since(30)).isEqualTo(25);
    }

    @Test
    void work_that_takes_as_long_as_it_takes_counts_call_by_call() {
        wait.since(10);

        wait.callByCall();

        assertThat(wait.since(25)).isEqualTo(25);
        assertThat(wait.since(30)).isEqualTo(30);
    }

    @Test
    void a_grant_waits_together_with_what_was_narrowed_from_it() {
        var grant = new TestGrants(SettableClock.anywhere()).ofEverything();
        var narrowed = grant.narrowedTo(Permissions.of());

        grant.storeWait().since(10);

        assertThat(narrowed.storeWait().since(25)).isEqualTo(10);
    }

    @Test
    void the_body_of_a_request_begins_the_waiting_anew_as_it_is_read() {
        var grant = new TestGrants(SettableClock.anywhere()).ofEverything();
        grant.storeWait().since(10);

        GeneratedContent.read(grant.checked(Content.of(Bytes.utf8("piece"))));

        assertThat(grant.storeWait().since(25)).isEqualTo(25);
    }
}
