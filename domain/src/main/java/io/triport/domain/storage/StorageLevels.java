package io.triport.domain.storage;

import java.util.List;

/** The pools and queues of whatever an app keeps its data in. */
public interface StorageLevels {
    /** The same at every call; which of them read zero changes. */
    List<StorageLevel> levels();
}
