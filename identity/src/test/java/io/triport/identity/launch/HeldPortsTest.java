package io.triport.identity.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.triport.identity.edge.EdgeSettings.Listener;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

final class HeldPortsTest {
    private static final Listener ANY = new Listener("127.0.0.1", 0);

    @Test
    void a_port_that_is_named_stays() {
        try (var ports = new HeldPorts()) {
            assertThat(ports.on(new Listener("127.0.0.1", 8801)).port()).isEqualTo(8801);
        }
    }

    @Test
    void a_port_that_is_held_is_for_the_server_that_asks_for_it_and_for_nobody_else() throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "other systems hold no ports");
        int other;
        try (var ports = new HeldPorts()) {
            var held = ports.on(ANY).port();
            other = ports.on(ANY).port();
            assertThat(other).isNotEqualTo(held);
            assertThatThrownBy(() -> connection(held)).isInstanceOf(BindException.class);
            assertThatThrownBy(() -> connection(other)).isInstanceOf(BindException.class);

            try (var server = new ServerSocket(held, 1, InetAddress.getLoopbackAddress());
                    var client = new Socket(InetAddress.getLoopbackAddress(), held);
                    var accepted = server.accept()) {
                assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
            }
        }
        connection(other).close();
    }

    /** One that has the port at its own end, as the system binds those for which any will do. */
    private static Socket connection(int port) throws IOException {
        var socket = new Socket();
        socket.setReuseAddress(false);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    @Test
    void an_address_that_is_not_of_this_machine_is_told() {
        try (var ports = new HeldPorts()) {
            assertThatThrownBy(() -> ports.on(new Listener("192.0.2.1", 0)))
                    .isInstanceOf(StartFailed.class)
                    .hasMessageContaining("no free port");
        }
    }
}
