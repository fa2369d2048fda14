package io.triport.domain.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class CidrPropertyTest {
    @Property
    void a_block_holds_the_addresses_whose_leading_bits_are_its_own(
            @ForAll("addresses") byte[] network,
            @ForAll @IntRange(max = 128) int length,
            @ForAll("addresses") byte[] random)
            throws UnknownHostException {
        var bits = network.length * 8;
        var prefix = Math.min(length, bits);
        var block = new Cidr(InetAddress.getByAddress(masked(network, prefix)), prefix);
        var near = network.clone();
        near[near.length - 1] ^= 1;

        for (var candidate : List.of(network, near, random)) {
            var expected = candidate.length == network.length
                    && leading(candidate, prefix).equals(leading(network, prefix));
            assertThat(block.contains(InetAddress.getByAddress(candidate))).isEqualTo(expected);
        }
    }

    @Property
    void the_text_of_a_block_is_the_block(@ForAll("addresses") byte[] network, @ForAll @IntRange(max = 128) int length)
            throws UnknownHostException {
        var prefix = Math.min(length, network.length * 8);
        var block = new Cidr(InetAddress.getByAddress(masked(network, prefix)), prefix);

        assertThat(Cidr.parse(block.toString())).isEqualTo(block);
    }

    @Property
    void arbitrary_text_is_a_block_or_invalid_input(@ForAll String text) {
        try {
            assertThat(Cidr.parse(text).length()).isNotNegative();
        } catch (InvalidInput e) {
            assertThat(e.field()).isIn("cidr", "address");
        }
    }

    @Example
    void an_address_alone_is_the_block_of_one() {
        assertThat(Cidr.parse("192.0.2.7").length()).isEqualTo(32);
        assertThat(Cidr.parse("2001:db8::1").length()).isEqualTo(128);
        assertThat(Cidr.parse("192.0.2.7").contains(Cidr.literal("192.0.2.7"))).isTrue();
        assertThat(Cidr.parse("192.0.2.7").contains(Cidr.literal("192.0.2.6"))).isFalse();
        assertThat(Cidr.parse("0.0.0.0/0").contains(Cidr.literal("::1"))).isFalse();
    }

    @Example
    void names_and_odd_notations_are_refused_and_never_resolved() {
        for (var bad : List.of(
                "localhost",
                "example.org/8",
                "192.0.2",
                "192.0.2.7/",
                "192.0.2.7/33",
                "192.0.2.7/-1",
                "192.0.2.7/+1",
                "192.0.2.7/24",
                "2001:db8::1/64",
                "2001:db8::/129",
                "256.0.0.1",
                "1.2.3.4.5",
                "",
                "/8",
                ":",
                "1:2",
                "192.0.2.0/0024",
                "fe80::1%eth0",
                "02001:db8::1",
                "2001:db8::00001",
                "192.0.02.7",
                "::ffff:192.0.02.7",
                "192.0.2.0/24/24",
                " 192.0.2.0/24")) {
            assertThatThrownBy(() -> Cidr.parse(bad)).as(bad).isInstanceOf(InvalidInput.class);
        }
    }

    @Provide
    Arbitrary<byte[]> addresses() {
        return Arbitraries.of(4, 16)
                .flatMap(size -> Arbitraries.bytes().array(byte[].class).ofSize(size));
    }

    private static byte[] masked(byte[] address, int prefix) {
        var masked = address.clone();
        for (var bit = prefix; bit < address.length * 8; bit++) {
            masked[bit / 8] &= (byte) ~(0x80 >>> bit % 8);
        }
        return masked;
    }

    private static BigInteger leading(byte[] address, int prefix) {
        return new BigInteger(1, address).shiftRight(address.length * 8 - prefix);
    }
}
