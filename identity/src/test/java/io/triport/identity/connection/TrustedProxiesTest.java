package io.triport.identity.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Cidr;
import java.net.InetAddress;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class TrustedProxiesTest {
    private static final InetAddress CLIENT = Cidr.literal("203.0.113.9");
    private static final InetAddress PROXY = Cidr.literal("10.0.0.1");
    private static final TrustedProxies NONE = new TrustedProxies(List.of());

    private final TrustedProxies proxies =
            new TrustedProxies(List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("fd00::/8")));

    @Test
    void the_word_of_a_stranger_is_never_taken() {
        assertThat(proxies.client(CLIENT, List.of("10.0.0.7"))).isEqualTo(CLIENT);
        assertThat(NONE.client(PROXY, List.of("203.0.113.9"))).isEqualTo(PROXY);
        assertThat(NONE.client(InetAddress.getLoopbackAddress(), List.of("203.0.113.9")))
                .isEqualTo(InetAddress.getLoopbackAddress());
    }

    @Test
    void the_nearest_address_that_is_no_proxy_is_the_client() {
        assertThat(proxies.client(PROXY, List.of("203.0.113.9"))).isEqualTo(CLIENT);
        assertThat(proxies.client(PROXY, List.of("198.51.100.1, 203.0.113.9 , 10.0.0.2")))
                .isEqualTo(CLIENT);
    }

    @Test
    void what_a_client_made_up_before_its_own_address_is_not_looked_at() {
        assertThat(proxies.client(PROXY, List.of("10.0.0.9, 203.0.113.9"))).isEqualTo(CLIENT);
        assertThat(proxies.client(PROXY, List.of("nonsense, 203.0.113.9"))).isEqualTo(CLIENT);
    }

    @Test
    void several_fields_are_one_list() {
        assertThat(proxies.client(PROXY, List.of("198.51.100.1", "203.0.113.9", "10.0.0.2, fd00::1")))
                .isEqualTo(CLIENT);
    }

    @Test
    void the_walk_ends_at_the_proxy_that_reported_no_address() {
        assertThat(proxies.client(PROXY, List.of("203.0.113.9, unknown"))).isEqualTo(PROXY);
        assertThat(proxies.client(PROXY, List.of("203.0.113.9, ,10.0.0.2"))).isEqualTo(Cidr.literal("10.0.0.2"));
        assertThat(proxies.client(PROXY, List.of())).isEqualTo(PROXY);
    }

    @Test
    void a_port_is_no_part_of_an_address() {
        assertThat(proxies.client(PROXY, List.of("203.0.113.9:4711"))).isEqualTo(CLIENT);
        assertThat(proxies.client(PROXY, List.of("[2001:db8::1]:4711"))).isEqualTo(Cidr.literal("2001:db8::1"));
        assertThat(proxies.client(PROXY, List.of("2001:db8::1"))).isEqualTo(Cidr.literal("2001:db8::1"));
    }

    @Property
    void any_text_from_a_stranger_changes_nothing(@ForAll List<String> fields) {
        assertThat(proxies.client(CLIENT, fields)).isEqualTo(CLIENT);
    }

    @Property
    void any_text_from_a_proxy_is_survived(@ForAll List<String> fields) {
        assertThat(proxies.client(PROXY, fields)).isNotNull();
    }
}
