package io.triport.identity.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Cidr;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class AddressSetPropertyTest {
    @Property(tries = 500)
    void a_set_holds_what_one_of_its_blocks_holds(
            @ForAll("blocks") List<Cidr> blocks, @ForAll("addresses") List<InetAddress> addresses) {
        var set = AddressSet.of(blocks);

        assertThat(set.isEmpty()).isEqualTo(blocks.isEmpty());
        for (var address : addresses) {
            assertThat(set.contains(address))
                    .as("%s in %s", address, blocks)
                    .isEqualTo(blocks.stream().anyMatch(block -> block.contains(address)));
        }
        for (var block : blocks) {
            assertThat(set.contains(block.network())).isTrue();
        }
    }

    @Provide
    Arbitrary<List<Cidr>> blocks() {
        return Combinators.combine(address(), Arbitraries.integers().between(0, 128))
                .as(AddressSetPropertyTest::block)
                .list()
                .ofMaxSize(30);
    }

    @Provide
    Arbitrary<List<InetAddress>> addresses() {
        return address().list().ofSize(30);
    }

    /** Few different bits, so that blocks lie within each other and addresses within blocks. */
    private static Arbitrary<InetAddress> address() {
        var octet = Arbitraries.of((byte) 0, (byte) 1, (byte) 0x7F, (byte) 0x80, (byte) 0xFF);
        return Arbitraries.oneOf(
                octet.array(byte[].class).ofSize(4).map(AddressSetPropertyTest::of),
                octet.array(byte[].class).ofSize(16).map(AddressSetPropertyTest::of));
    }

    private static Cidr block(InetAddress address, int length) {
        var bytes = address.getAddress();
        var bits = Math.min(length, bytes.length * Byte.SIZE);
        for (var bit = bits; bit < bytes.length * Byte.SIZE; bit++) {
            bytes[bit / Byte.SIZE] &= (byte) ~(0x80 >>> bit % Byte.SIZE);
        }
        var network = of(bytes);
        return new Cidr(network, Math.min(bits, network.getAddress().length * Byte.SIZE));
    }

    private static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }
}
