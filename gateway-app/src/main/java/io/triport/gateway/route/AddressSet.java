package io.triport.gateway.route;

import io.triport.domain.request.Cidr;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/** Blocks of addresses as a prefix tree: a question costs one step per bit, however many blocks there are. Immutable. */
public final class AddressSet {
    /*
     * Two slots per node, one for each value of the next bit: 0 for nothing there, WHOLE for all below, else the next node.
     */
    private static final int WHOLE = -1;
    private static final int V4_BYTES = 4;

    private final Tree v4;
    private final Tree v6;

    private AddressSet(Tree v4, Tree v6) {
        this.v4 = v4;
        this.v6 = v6;
    }

    public static AddressSet of(List<Cidr> blocks) {
        var v4 = new Tree();
        var v6 = new Tree();
        for (var block : blocks) {
            var address = block.network().getAddress();
            (address.length == V4_BYTES ? v4 : v6).add(address, block.length());
        }
        return new AddressSet(v4, v6);
    }

    public boolean contains(InetAddress address) {
        var bits = address.getAddress();
        return (bits.length == V4_BYTES ? v4 : v6).contains(bits);
    }

    public boolean isEmpty() {
        return v4.empty() && v6.empty();
    }

    private static final class Tree {
        private static final int ROOT = 2;

        private int[] slots = new int[ROOT + 2];
        private int used = ROOT + 2;
        private boolean everything;

        boolean empty() {
            return !everything && used == ROOT + 2 && slots[ROOT] == 0 && slots[ROOT + 1] == 0;
        }

        void add(byte[] address, int length) {
            if (length == 0) {
                everything = true;
                return;
            }
            var node = ROOT;
            for (var bit = 0; bit < length - 1; bit++) {
                var slot = node + bit(address, bit);
                if (slots[slot] == WHOLE) {
                    return;
                }
                if (slots[slot] == 0) {
                    slots[slot] = fresh();
                }
                node = slots[slot];
            }
            slots[node + bit(address, length - 1)] = WHOLE;
        }

        boolean contains(byte[] address) {
            if (everything) {
                return true;
            }
            var node = ROOT;
            for (var bit = 0; bit < address.length * Byte.SIZE; bit++) {
                node = slots[node + bit(address, bit)];
                if (node <= 0) {
                    return node == WHOLE;
                }
            }
            return false;
        }

        private int fresh() {
            if (used == slots.length) {
                slots = Arrays.copyOf(slots, slots.length * 2);
            }
            used += 2;
            return used - 2;
        }

        private static int bit(byte[] address, int index) {
            return address[index / Byte.SIZE] >>> (Byte.SIZE - 1 - index % Byte.SIZE) & 1;
        }
    }
}
