package io.triport.identity.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.Cidr;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DestinationsTest {
    private final Destinations open = new Destinations(List.of());

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "93.184.215.14", "172.32.0.1", "2606:4700::1111", "::ffff:1.1.1.1"})
    void public_addresses_are_connected_to(String text) {
        assertThat(open.allows(InetAddress.ofLiteral(text))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.0.1",
                "0.0.0.0",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "169.254.169.254",
                "192.0.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::7f00:1",
                "fe80::1",
                "fec0::1",
                "fd00:ec2::254",
                "ff02::1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001::1"
            })
    void others_are_not(String text) {
        assertThat(open.allows(InetAddress.ofLiteral(text))).isFalse();
    }

    @Test
    void what_the_operator_lists_is_connected_to_but_never_where_clouds_keep_credentials() {
        var listed =
                new Destinations(List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("169.254.0.0/16"), Cidr.parse("::/0")));

        assertThat(listed.allows(InetAddress.ofLiteral("127.0.0.1"))).isTrue();
        assertThat(listed.allows(InetAddress.ofLiteral("::1"))).isTrue();
        assertThat(listed.allows(InetAddress.ofLiteral("169.254.169.254"))).isFalse();
        assertThat(listed.allows(InetAddress.ofLiteral("fe80::1"))).isFalse();
        assertThat(listed.allows(InetAddress.ofLiteral("fd00:ec2::254"))).isFalse();
        assertThat(listed.allows(InetAddress.ofLiteral("fd00:ec2::253"))).isTrue();
        assertThat(listed.allows(InetAddress.ofLiteral("10.0.0.1"))).isFalse();
    }

    @Test
    void a_name_of_this_machine_is_refused() {
        assertThatThrownBy(() -> open.choose("localhost")).isInstanceOf(ForbiddenDestination.class);
    }
}
