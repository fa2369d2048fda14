package io.triport.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.time.Ticker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that no endpoint has, whoever named it. */
@Timeout(60)
final class ServiceAddressesTest {
    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "fe80::1", "224.0.0.1", "0.0.0.0", "fd00:ec2::254", "100.100.100.200"})
    void nothing_is_sent_where_clouds_keep_credentials_or_many_machines_listen(String host) {
        var failure = new CompletableFuture<Throwable>();
        try (var connections = Connections.start("addresses-test", Ticker.system())) {
            connections.send(
                    new Call(new Address(false, host, 80), "GET", "/", List.of(Map.entry("host", "a"))),
                    new Reception() {
                        @Override
                        public void answered(Head head, Incoming body) {
                            failure.completeExceptionally(new AssertionError("somebody answers at " + host));
                        }

                        @Override
                        public void failed(Throwable cause) {
                            failure.complete(cause);
                        }
                    });

            assertThat(failure.join()).isInstanceOf(NoConnection.class).hasMessageContaining("no service");
        }
    }
}
