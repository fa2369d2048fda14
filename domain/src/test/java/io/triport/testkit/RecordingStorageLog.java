package io.triport.testkit;

import io.triport.domain.storage.StorageCall;
import io.triport.domain.storage.StorageLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it was told, in order. */
public final class RecordingStorageLog implements StorageLog {
    private final List<StorageCall> calls = new CopyOnWriteArrayList<>();

    @Override
    public void called(StorageCall call) {
        calls.add(call);
    }

    public List<StorageCall> calls() {
        return List.copyOf(calls);
    }
}
