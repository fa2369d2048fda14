package io.triport.identity.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ConnectionCountTest {
    private static final InetAddress ONE = Cidr.literal("192.0.2.1");
    private static final InetAddress OTHER = Cidr.literal("192.0.2.2");

    private final ConnectionCount count = new ConnectionCount(
            new EdgeLimits.Connections(17, 2, 1000), new TrustedProxies(List.of(Cidr.parse("10.0.0.0/8"))));

    @Test
    void one_address_gets_its_share_and_as_many_may_wait() {
        assertThat(enter(ONE).within()).isTrue();
        assertThat(enter(ONE).within()).isTrue();
        assertThat(enter(ONE).within()).isFalse();
        assertThat(enter(ONE).within()).isFalse();
        assertThat(count.enter(ONE)).isEmpty();
        assertThat(enter(OTHER).within()).isTrue();
    }

    @Test
    void other_limits_count_for_who_comes_after_them() {
        var limits = new AtomicReference<>(new EdgeLimits.Connections(17, 1, 1000));
        var changing = new ConnectionCount(limits::get, new TrustedProxies(List.of()));
        assertThat(changing.enter(ONE).orElseThrow().within()).isTrue();
        assertThat(changing.enter(ONE).orElseThrow().within()).isFalse();

        limits.set(new EdgeLimits.Connections(17, 2, 1000));

        assertThat(changing.enter(ONE).orElseThrow().within()).isTrue();
        assertThat(changing.enter(ONE).orElseThrow().within()).isFalse();
    }

    @Test
    void who_waits_gets_the_place_of_who_left() {
        var first = enter(ONE);
        enter(ONE);
        var waiting = enter(ONE);
        assertThat(waiting.within()).isFalse();

        first.left();

        assertThat(waiting.within()).isTrue();
        assertThat(enter(ONE).within()).isFalse();
    }

    @Test
    void who_ends_makes_room_before_it_has_left() {
        var ending = enter(ONE);
        enter(ONE);

        ending.ends();

        assertThat(enter(ONE).within()).isTrue();
        assertThat(count.open()).isEqualTo(2);
    }

    @Test
    void as_many_as_may_wait_may_be_ending() {
        var first = enter(ONE);
        var second = enter(ONE);
        enter(ONE);
        enter(ONE);

        first.ends();
        second.ends();

        assertThat(count.open()).isEqualTo(2);
        assertThat(count.enter(ONE)).isEmpty();
    }

    @Test
    void leaving_twice_makes_room_for_one() {
        var first = enter(ONE);
        enter(ONE);
        first.left();
        first.left();

        assertThat(enter(ONE).within()).isTrue();
        assertThat(enter(ONE).within()).isFalse();
    }

    @Test
    void an_address_without_connections_is_forgotten() {
        var first = enter(ONE);
        var second = enter(ONE);
        var third = enter(ONE);
        first.ends();
        assertThat(count.networks()).isEqualTo(1);

        List.of(first, second, third).forEach(ConnectionCount.Visit::left);

        assertThat(count.networks()).isZero();
        assertThat(count.open()).isZero();
    }

    @Test
    void the_addresses_of_an_ipv6_network_share() {
        assertThat(enter(Cidr.literal("2001:db8:0:1::1")).within()).isTrue();
        assertThat(enter(Cidr.literal("2001:db8:0:1:ffff::2")).within()).isTrue();
        assertThat(enter(Cidr.literal("2001:db8:0:1::3")).within()).isFalse();
        assertThat(enter(Cidr.literal("2001:db8:0:2::1")).within()).isTrue();
    }

    @Test
    void all_together_are_bounded() {
        for (var host = 1; host <= 17; host++) {
            assertThat(enter(Cidr.literal("198.51.100." + host)).within()).isTrue();
        }

        for (var host = 18; host <= 20; host++) {
            assertThat(enter(Cidr.literal("198.51.100." + host)).within()).isFalse();
        }
        assertThat(count.enter(ONE)).isEmpty();
        assertThat(count.open()).isEqualTo(17);
    }

    @Test
    void a_trusted_proxy_counts_for_the_whole_only() {
        var proxy = Cidr.literal("10.1.2.3");
        var first = enter(proxy);
        for (var i = 1; i < 17; i++) {
            assertThat(enter(proxy).within()).isTrue();
        }
        var waiting = enter(ONE);
        assertThat(waiting.within()).isFalse();

        first.left();

        assertThat(waiting.within()).isTrue();
    }

    @Test
    void what_a_proxy_hands_on_counts_as_its_clients() {
        var proxy = Cidr.literal("10.1.2.3");
        for (var i = 0; i < 2; i++) {
            var visit = enter(proxy);
            assertThat(visit.handedOn(ONE)).isTrue();
            assertThat(visit.within()).isTrue();
        }
        assertThat(enter(ONE).within()).isFalse();
        var beside = enter(proxy);

        assertThat(beside.handedOn(ONE)).isTrue();

        assertThat(beside.within()).isFalse();
        assertThat(enter(proxy).handedOn(ONE)).isFalse();
        var other = enter(proxy);
        assertThat(other.handedOn(OTHER)).isTrue();
        assertThat(other.within()).isTrue();
    }

    @Test
    void who_was_handed_on_leaves_the_share_of_its_client() {
        var proxy = Cidr.literal("10.1.2.3");
        var first = enter(proxy);
        var second = enter(proxy);
        first.handedOn(ONE);
        second.handedOn(ONE);
        assertThat(count.networks()).isOne();

        first.left();
        second.left();

        assertThat(first.handedOn(OTHER)).isFalse();
        assertThat(count.networks()).isZero();
        assertThat(count.open()).isZero();
    }

    private ConnectionCount.Visit enter(InetAddress address) {
        return count.enter(address).orElseThrow();
    }
}
