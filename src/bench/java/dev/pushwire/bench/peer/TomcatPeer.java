package dev.pushwire.bench.peer;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;

/** Tomcat with a single servlet that reads a body and answers 202: the least that a publication on Tomcat can cost. */
public final class TomcatPeer {
    private static final byte[] ANSWER = """
            {"topic":"bench","subscribers":0,"position":"1w2x3y4z:1000","duplicate":false}
            """.strip().getBytes(StandardCharsets.US_ASCII);

    private TomcatPeer() {}

    /**
     * Serves until it is stopped.
     *
     * @param arguments port
     */
    public static void main(String[] arguments) throws IOException, LifecycleException {
        Connector connector = new Connector("HTTP/1.1");
        connector.setPort(Integer.parseInt(arguments[0]));
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxKeepAliveRequests", "-1");
        ((AbstractProtocol<?>) connector.getProtocolHandler())
                .setExecutor(new VirtualThreadExecutor("tomcat-handler-"));
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "publish", new Publish());
        context.addServletMappingDecoded("/*", "publish");
        tomcat.start();
        tomcat.getServer().await();
    }

    private static final class Publish extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            request.getInputStream().readNBytes(request.getContentLength());
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
            response.setContentType("application/json");
            response.setContentLength(ANSWER.length);
            response.getOutputStream().write(ANSWER);
        }
    }
}
