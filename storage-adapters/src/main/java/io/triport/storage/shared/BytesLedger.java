package io.triport.storage.shared;

import java.util.List;

/**
 * What nodes have written down of bytes that lie elsewhere, where nobody can be asked what is there. A name stands here from before
 * its bytes are written until a row names them, and again from the moment that no row does until they are removed. Safe for many
 * threads and nodes.
 */
public interface BytesLedger {
    /** Says that this node will write bytes under a name. @throws StorageFailure where that is not certain: then nothing is written */
    void announce(String name);

    /** The names that this node has announced and that no row names, whether they are still being written or not. */
    List<String> announced();

    /** Bytes of this node that were announced are removed in time, unless a row names them by now. */
    void giveUp(List<String> names);

    /** Bytes of this node that no row names or ever will are removed in time, whatever others have made of their announcement. */
    void discard(String name);

    /** Whether this node may remove what is left over now; of several that ask about at once one may. */
    boolean turn();

    /** Names of bytes that no row names and that nobody reads any more, oldest first. */
    List<String> leftOver(int most);

    /** The bytes of these names are gone. */
    void removed(List<String> names);
}
