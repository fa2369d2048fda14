package io.triport.kv;

import io.triport.identity.launch.App;

/** Shows the KV proxy to tests of other packages. */
public final class KvProxyApp {
    private KvProxyApp() {}

    public static App create() {
        return new KvProxy(System.out);
    }
}
