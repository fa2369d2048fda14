package io.triport.identity.edge;

import java.util.ArrayList;

/** The process with the small heap: holds as many MiB as it is told, and lets them go. */
final class FilledHeap {
    private static final int PIECE = 16 * 1024;
    private static final int PIECES_OF_A_MEBIBYTE = 1024 * 1024 / PIECE;

    private FilledHeap() {}

    public static void main(String[] arguments) {
        var watch = HeapWatch.ofThisProcess();
        System.out.println("before " + watch.full());
        var held = new ArrayList<byte[]>();
        while (held.size() < Integer.parseInt(arguments[0]) * PIECES_OF_A_MEBIBYTE) {
            held.add(new byte[PIECE]);
        }
        System.gc();
        System.out.println("held " + watch.full());
        held.clear();
        System.gc();
        System.out.println("let go " + watch.full());
    }
}
