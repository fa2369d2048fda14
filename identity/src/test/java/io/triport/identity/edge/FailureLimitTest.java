package io.triport.identity.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Cidr;
import io.triport.testkit.AtOnce;
import io.triport.testkit.SettableTicker;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FailureLimitTest {
    private static final InetAddress CALLER = Cidr.literal("192.0.2.7");

    private final SettableTicker ticker = new SettableTicker();
    private final FailureLimit limit = new FailureLimit(ticker, 60);

    @Test
    void an_address_may_fail_60_times_a_minute() {
        fail(CALLER, 59);
        assertThat(limit.wait(CALLER)).isZero();

        fail(CALLER, 1);
        assertThat(limit.wait(CALLER)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void the_wait_ends_a_minute_after_the_first_failure() {
        fail(CALLER, 60);

        ticker.advance(Duration.ofSeconds(59));
        assertThat(limit.wait(CALLER)).isEqualTo(Duration.ofSeconds(1));

        ticker.advance(Duration.ofSeconds(1));
        assertThat(limit.wait(CALLER)).isZero();
        fail(CALLER, 59);
        assertThat(limit.wait(CALLER)).isZero();
    }

    @Test
    void addresses_are_counted_apart() {
        fail(CALLER, 60);

        assertThat(limit.wait(Cidr.literal("192.0.2.8"))).isZero();
    }

    @Test
    void an_ipv6_network_of_64_bits_counts_as_one() {
        for (var host = 0; host < 60; host++) {
            limit.failed(Cidr.literal("2001:db8:0:1::" + Integer.toHexString(host)));
        }

        assertThat(limit.wait(Cidr.literal("2001:db8:0:1:ffff::"))).isPositive();
        assertThat(limit.wait(Cidr.literal("2001:db8:0:2::"))).isZero();
    }

    @Test
    void failures_at_once_are_all_counted() {
        AtOnce.run(60, number -> () -> {
            limit.failed(CALLER);
            return number;
        });

        assertThat(limit.wait(CALLER)).isPositive();
    }

    @Test
    void more_addresses_than_there_is_room_for_neither_grow_the_table_nor_free_who_is_in_it() {
        fail(CALLER, 60);
        for (var address = 0; address < 100_100; address++) {
            limit.failed(Cidr.literal("10." + (address >> 16) + "." + (address >> 8 & 0xFF) + "." + (address & 0xFF)));
        }

        assertThat(limit.wait(CALLER)).isPositive();
        assertThat(limit.addresses()).isEqualTo(100_000);

        ticker.advance(Duration.ofMinutes(1));
        fail(CALLER, 1);
        assertThat(limit.addresses()).isEqualTo(1);
    }

    private void fail(InetAddress address, int times) {
        for (var i = 0; i < times; i++) {
            limit.failed(address);
        }
    }
}
