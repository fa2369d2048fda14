package io.triport.objects;

import io.triport.identity.launch.App;

/** Shows the object proxy to tests of other packages. */
public final class ObjectProxyApp {
    private ObjectProxyApp() {}

    public static App create() {
        return new ObjectProxy();
    }
}
