package io.triport.e2e;

import io.triport.rules.ArchitectureContract;
import io.triport.rules.Layout;
import io.triport.rules.Place;
import java.nio.file.Path;

/** The rules over this repository. */
final class OwnArchitectureTest extends ArchitectureContract {
    OwnArchitectureTest() {
        super(layout());
    }

    private static Layout layout() {
        return Layout.of(
                        "io.triport.domain",
                        "io.triport.identity",
                        "io.triport.storage",
                        "io.triport.kv",
                        "io.triport.objects",
                        "io.triport.manager",
                        "io.triport.gateway")
                .with(Place.APP, "io.triport.kv", "io.triport.objects", "io.triport.manager", "io.triport.gateway")
                .with(
                        Place.FILES,
                        "io.triport.identity.config",
                        "io.triport.identity.launch",
                        "io.triport.identity.log",
                        "io.triport.identity.tls")
                .with(Place.SECRETS, "io.triport.identity.keyring", "io.triport.identity.urltoken")
                .with(Place.HTTP, "io.triport.identity.connection", "io.triport.identity.launch")
                .with(Place.STREAMS, "io.triport.storage.s3")
                .withPublicRoutes(PublicRoutes.listed())
                .withTestFolders(Path.of("..", "storage-adapters", "target", "test-classes")
                        .toAbsolutePath()
                        .normalize());
    }
}
