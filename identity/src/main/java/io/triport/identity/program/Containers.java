package io.triport.identity.program;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Grant;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Scheduled;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.storage.Storage;
import io.triport.identity.launch.TickWork;
import java.util.Set;

/** Makes what a program names where it is not there yet. */
record Containers(Set<NamespaceTitle> namespaces, Set<DatabaseName> databases) implements TickWork {
    @Override
    public void on(Scheduled tick, Grant grant, Storage storage) {
        if (!namespaces.isEmpty()) {
            var catalogue = storage.resources(grant);
            namespaces.stream()
                    .filter(title -> catalogue.find(title).isEmpty())
                    .forEach(title -> unlessMadeMeanwhile(() -> catalogue.create(title)));
        }
        if (!databases.isEmpty()) {
            var catalogue = storage.databases(grant);
            databases.stream()
                    .filter(name -> catalogue.find(name).isEmpty())
                    .forEach(name -> unlessMadeMeanwhile(() -> catalogue.create(name)));
        }
    }

    /** By another node of the program. */
    private static void unlessMadeMeanwhile(Runnable making) {
        try {
            making.run();
        } catch (StorageFailure.Rejected e) {
            if (e.code() != FailureCode.CONFLICT) {
                throw e;
            }
        }
    }
}
