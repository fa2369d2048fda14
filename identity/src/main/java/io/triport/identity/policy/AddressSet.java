package io.triport.identity.policy;

import io.triport.domain.request.Cidr;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;

/** Blocks of addresses, asked for one. Takes 17 steps for 100 000 blocks. Immutable. */
public final class AddressSet {
    /*
     * Two blocks either lie one within the other or apart. Without those that lie within another, sorted by their first
     * address, the only block that can hold an address is the last one that does not begin behind it. A prefix tree finds
     * the same block in as many steps as the prefix has bits, and takes a node for each.
     */
    private static final Comparator<Cidr> BY_START_WIDEST_FIRST = Comparator.<Cidr, byte[]>comparing(
                    block -> block.network().getAddress(), AddressSet::compare)
            .thenComparingInt(Cidr::length);

    private final Cidr[] blocks;
    private final byte[][] starts;

    private AddressSet(Cidr[] blocks) {
        this.blocks = blocks;
        this.starts =
                Arrays.stream(blocks).map(block -> block.network().getAddress()).toArray(byte[][]::new);
    }

    public static AddressSet of(Collection<Cidr> blocks) {
        var kept = new java.util.ArrayList<Cidr>();
        for (var block : blocks.stream().sorted(BY_START_WIDEST_FIRST).toList()) {
            if (kept.isEmpty() || !kept.getLast().contains(block.network())) {
                kept.add(block);
            }
        }
        return new AddressSet(kept.toArray(Cidr[]::new));
    }

    public boolean isEmpty() {
        return blocks.length == 0;
    }

    public boolean contains(InetAddress address) {
        var found = Arrays.binarySearch(starts, address.getAddress(), AddressSet::compare);
        var candidate = found >= 0 ? found : -found - 2;
        return candidate >= 0 && blocks[candidate].contains(address);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressSet that && Arrays.equals(blocks, that.blocks);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(blocks);
    }

    @Override
    public String toString() {
        return "AddressSet[" + blocks.length + "]";
    }

    /** All of IPv4 before all of IPv6, so that the blocks of one kind never lie between those of the other. */
    private static int compare(byte[] one, byte[] other) {
        return one.length == other.length
                ? Arrays.compareUnsigned(one, other)
                : Integer.compare(one.length, other.length);
    }
}
