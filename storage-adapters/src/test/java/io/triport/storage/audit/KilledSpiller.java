package io.triport.storage.audit;

import io.triport.testkit.AuditSinkContract;
import java.nio.file.Path;
import java.util.List;

/** A process that keeps one record after the other on disk and tells each that is there, until it is killed. */
final class KilledSpiller {
    private KilledSpiller() {}

    /** @param arguments the directory of the spill */
    public static void main(String[] arguments) {
        var spill = AuditFiles.spill(Path.of(arguments[0]));
        for (var number = 0L; true; number++) {
            spill.append(List.of(AuditSinkContract.record("id-" + number, "/" + number)));
            System.out.println(number);
        }
    }
}
