package io.triport.domain.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServiceAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "10.0.0.1", "192.0.2.7", "100.100.100.201", "::1", "fd00:ec2::253", "2001:db8::1"})
    void a_service_may_be_here_or_in_a_network_of_ones_own_or_anywhere(String text) {
        assertThat(ServiceAddress.possible(InetAddress.ofLiteral(text))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.0.1",
                "fe80::1",
                "::ffff:169.254.169.254",
                "224.0.0.1",
                "ff02::1",
                "0.0.0.0",
                "::",
                "fd00:ec2::254",
                "100.100.100.200",
                "::ffff:100.100.100.200"
            })
    void none_is_on_the_local_link_at_many_machines_at_none_or_where_clouds_keep_credentials(String text) {
        assertThat(ServiceAddress.possible(InetAddress.ofLiteral(text))).isFalse();
    }
}
