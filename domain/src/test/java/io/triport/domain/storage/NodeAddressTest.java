package io.triport.domain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.InvalidInput;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeAddressTest {
    @ParameterizedTest
    @CsvSource({"127.0.0.1:8821, 127.0.0.1, 8821", "node-1.internal:0, node-1.internal, 0", "[::1]:65535, ::1, 65535"})
    void an_address_is_read_as_it_is_written(String text, String host, int port) {
        var address = NodeAddress.parse(text);

        assertThat(address).isEqualTo(new NodeAddress(host, port)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "host", ":1", "host:", "host:65536", "host:-1", "::1:80", "[host]:80", "a b:1", "host:1/x"})
    void anything_else_is_bad_input(String text) {
        assertThatThrownBy(() -> NodeAddress.parse(text)).isInstanceOf(InvalidInput.class);
    }
}
