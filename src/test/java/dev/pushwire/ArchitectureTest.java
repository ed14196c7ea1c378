package dev.pushwire;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rooms, and which room may use which: the table of {@code docs/design.md}. */
class ArchitectureTest {
    /**
     * One line for each room, from the ground up, so that arrows point down only: a room comes before the rooms that
     * use it. Besides itself, {@code java.lang} and JSpecify, it uses exactly what its line names: a room, one of its
     * classes, a package, or a package with all packages below it (..). Headings name the storeys: the engine, topics,
     * and what people run.
     */
    private static final Map<String, List<String>> HOUSE = table("""
            = engine
            protocol   | java.nio, java.nio.charset, java.security, java.util, java.util.concurrent.atomic, java.util.function, \
                         java.util.regex, java.util.stream, java.util.zip
            endpoint   | protocol.CloseStatus, protocol.Message, protocol.DropPolicy, protocol.Opcode, \
                         java.nio, java.nio.charset, java.security, java.time, java.util, java.util.stream
            endpoint.spi | endpoint, protocol.CloseStatus, java.nio, java.security, java.time, java.util, java.util.concurrent
            testing    | endpoint, endpoint.spi, protocol.CloseCode, protocol.CloseStatus, java.nio, java.nio.charset, java.security, \
                         java.util..
            connection | endpoint, endpoint.spi, protocol, java.io, java.net, java.nio, java.nio.channels, java.nio.charset, \
                         java.security, java.time, java.util.., org.slf4j
            problem    | jakarta.servlet, jakarta.servlet.http, java.io, java.nio.charset, java.util, org.springframework.http.., \
                         org.springframework.util, tools.jackson.databind.json
            tomcat     | connection, endpoint, endpoint.spi, problem, protocol, jakarta.servlet.., org.apache.catalina.., org.apache.coyote.., org.apache.tomcat.., \
                         org.springframework.context, org.springframework.http.server, \
                         org.springframework.web, org.springframework.web.filter, org.springframework.web.util.., java.., javax.net.ssl, org.slf4j
            = topics
            pulse      | java.time, java.util, java.util.function, org.slf4j
            broker     | java.nio, java.nio.charset, java.security, java.time, java.util, java.util.concurrent, \
                         java.util.concurrent.atomic, java.util.function, java.util.stream
            json       | java.io, tools.jackson.core.., tools.jackson.databind..
            redis      | broker, pulse, io.lettuce.core.., io.netty.bootstrap, io.netty.channel, io.netty.handler.flush, java.io, java.nio, java.nio.charset, java.time, java.util.., org.slf4j
            client     | broker.Position, broker.TopicName, broker.TopicPattern, java.net, java.net.http, java.nio, java.time, java.util, \
                         java.util.concurrent, java.util.function, java.util.random, java.util.regex, java.util.stream, org.slf4j, tools.jackson..
            push       | broker, endpoint, endpoint.spi, json, protocol.CloseStatus, org.slf4j, java..
            polling    | broker, endpoint.spi, connection.Collected, connection.MailboxTransport, java.io, java.nio, \
                         java.nio.charset, java.security, java.time, java.util..
            pushprotocol | push, broker, endpoint, endpoint.spi, json, polling, problem, connection.Collected, connection.EndpointBinding, \
                         connection.MailboxTransport, connection.StreamFormat, protocol.CloseStatus, protocol.Framing, \
                         protocol.HandshakePolicy, protocol.HandshakeRequest, tomcat.CrossOrigin, tomcat.LateResponses, tomcat.RequestBody, tomcat.Streams, \
                         jakarta.servlet, jakarta.servlet.http, java.io, java.nio, java.nio.charset, java.math, java.security, \
                         java.time, java.util.., org.slf4j, org.springframework.http, tools.jackson.core..
            engineio   | endpoint, endpoint.spi, polling, protocol.CloseStatus, protocol.Framing$Form, \
                         protocol.HandshakePolicy$Availability, connection.Collected, connection.EndpointBinding, connection.MailboxTransport, \
                         connection.StreamFormat, tomcat.CrossOrigin, tomcat.LateResponses, tomcat.RequestBody, tomcat.Streams, \
                         jakarta.servlet.., \
                         org.springframework.web.HttpRequestHandler, java.io, java.nio, java.nio.charset, java.security, java.time, java.util..
            socketio   | engineio, push, broker, endpoint, endpoint.spi, json, protocol.CloseStatus, org.slf4j, tools.jackson.core.., tools.jackson.databind.., java..
            access     | broker, endpoint, endpoint.spi, push, protocol.CloseStatus, com.nimbusds.., java.., javax.crypto.spec, javax.net.ssl, \
                         org.slf4j, org.springframework.core.convert.converter, org.springframework.security..
            stream     | push, broker, endpoint, endpoint.spi, connection.EndpointBinding, connection.StreamFormat, problem, \
                         protocol.CloseStatus, protocol.HandshakePolicy, protocol.HandshakeRequest, tomcat.CrossOrigin, tomcat.Streams, \
                         jakarta.servlet.., java.io, java.nio, java.nio.charset, java.security, java.time, java.util.., \
                         org.springframework.http.., org.springframework.web.util.pattern, tools.jackson.core..
            = service
            audit      | java.time, java.util.function, org.slf4j..
            api        | access, audit, broker, json, push, socketio, connection, problem, endpoint.spi, \
                         protocol.CloseCode, protocol.CloseStatus, \
                         com.fasterxml.jackson.annotation, jakarta.servlet.., \
                         org.slf4j, org.springframework.beans, org.springframework.boot.webmvc.error, org.springframework.core.., \
                         org.springframework.context.annotation, org.springframework.http.., org.springframework.web.., \
                         tools.jackson.., java..
            metrics    | api.LocalCaller, audit, broker.BoundedBroker, broker.MemoryBroker, broker.TimedBroker, connection, endpoint.spi, tomcat.EdgeListener, \
                         tomcat.HandshakeListener, tomcat.HandshakeResult, problem, push.Hub, pulse, pushprotocol.HttpListener, socketio, stream.StreamListener, \
                         protocol.CloseCode, protocol.CloseStatus, protocol.MessageLimits, protocol.Opcode, \
                         io.micrometer.common.KeyValue, io.micrometer.core.instrument.., io.micrometer.observation, com.sun.management, jakarta.servlet.., \
                         org.slf4j, org.springframework.boot.., org.springframework.context, \
                         org.springframework.http.server.observation, org.springframework.util.unit, \
                         org.springframework.web.context.request, java..
            autoconfigure | access, api, audit, broker, connection, endpoint, endpoint.spi, tomcat, metrics, polling, pushprotocol, pulse, push, redis, engineio, socketio, stream, \
                         protocol, io.lettuce.core, io.micrometer.core.instrument, jakarta.servlet, javax.net.ssl, \
                         org.apache.catalina.connector, org.apache.catalina.startup, org.apache.commons.logging, org.apache.coyote.., org.slf4j, org.springframework.., tools.jackson.databind.json, java..
            demo       | endpoint, protocol.CloseStatus, push.SessionGroups, socketio, java.nio, java.util
            """);

    private static final String ROOT = "dev.pushwire.";
    private static final List<String> EVERYWHERE = List.of("java.lang..", "org.jspecify.annotations");
    private static final int LONGEST_FILE = 400;

    private static final JavaClasses CLASSES = importWithoutLibraries();

    private static Map<String, List<String>> table(String lines) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        lines.lines()
                .filter(line -> !line.startsWith("="))
                .map(line -> line.split("\\|"))
                .forEach(row -> rows.put(row[0].strip(), List.of(row[1].strip().split(",\\s*"))));
        return rows;
    }

    /** The names of the used classes are enough. Reading all of Spring, too, would take long. */
    private static JavaClasses importWithoutLibraries() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
                .importUrl(PushwireApplication.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation());
    }

    static Set<String> rooms() {
        return HOUSE.keySet();
    }

    @Test
    void theTableNamesEveryRoom() {
        Set<String> packages = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(ROOT))
                .map(name -> name.substring(ROOT.length()))
                .collect(Collectors.toSet());
        assertThat(packages).isEqualTo(rooms());
    }

    @Test
    void arrowsPointDownOnly() {
        List<String> below = new ArrayList<>();
        HOUSE.forEach((room, uses) -> {
            assertThat(uses.stream().flatMap(used -> roomOf(used).stream()))
                    .as(room)
                    .allMatch(below::contains);
            below.add(room);
        });
    }

    /** The room that an entry of a line names: the longest beginning of the entry that is a room. */
    private static Optional<String> roomOf(String entry) {
        return rooms().stream()
                .filter(room -> entry.equals(room) || entry.startsWith(room + "."))
                .max(Comparator.comparingInt(String::length));
    }

    /** Doors are independent: adding one changes no line in another. */
    @Test
    void doorsDoNotKnowEachOther() {
        List<String> doors = List.of("pushprotocol", "socketio", "stream");
        assertThat(doors).allSatisfy(door -> assertThat(HOUSE.get(door)).doesNotContainAnyElementsOf(doors));
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomUsesWhatItsLineNames(String room) {
        List<String> strays = outgoing(room)
                .filter(used -> Stream.concat(HOUSE.get(room).stream(), EVERYWHERE.stream())
                        .noneMatch(entry -> covers(entry, used.getTargetClass())))
                .map(Dependency::getDescription)
                .toList();
        assertThat(strays).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aLineNamesOnlyWhatItsRoomUses(String room) {
        List<JavaClass> used = outgoing(room).map(Dependency::getTargetClass).toList();
        assertThat(HOUSE.get(room)).allMatch(entry -> used.stream().anyMatch(target -> covers(entry, target)));
    }

    private static Stream<Dependency> outgoing(String room) {
        return CLASSES.that(resideInAPackage(ROOT + room)).stream()
                .flatMap(user -> user.getDirectDependenciesFromSelf().stream())
                .filter(used -> !used.getTargetClass().getBaseComponentType().isPrimitive())
                .filter(used -> !packageOf(used.getTargetClass()).equals(ROOT + room));
    }

    private static boolean covers(String entry, JavaClass target) {
        String name = target.getBaseComponentType().getName();
        if (entry.endsWith("..")) {
            return name.startsWith(entry.substring(0, entry.length() - 1));
        }
        String whole = roomOf(entry).isPresent() ? ROOT + entry : entry;
        return packageOf(target).equals(whole) || name.equals(whole) || name.startsWith(whole + "$");
    }

    private static String packageOf(JavaClass target) {
        return target.getBaseComponentType().getPackageName();
    }

    /** The jar that applications use does not contain them. */
    @Test
    void theLibraryCanDoWithoutTheService() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.pushwire", "dev.pushwire.demo")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.pushwire", "dev.pushwire.demo")
                .check(CLASSES);
    }

    @Test
    void thereAreNoCycles() {
        slices().matching("dev.pushwire.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theProtocolHasNeitherClockNorThreads() {
        noClasses()
                .that()
                .resideInAPackage("dev.pushwire.protocol")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, ThreadLocal.class, Runtime.class)
                .check(CLASSES);
    }

    /** That place asserts that the topic is not locked. */
    @Test
    void topicsHaveTheirBrokerFromOnePlace() {
        assertThat(CLASSES.stream().flatMap(each -> each.getMethodCallsFromSelf().stream()))
                .filteredOn(call -> call.getTarget().getFullName().equals("dev.pushwire.push.LiveTopics.broker()"))
                .extracting(call -> call.getOrigin().getFullName())
                .containsExactly("dev.pushwire.push.LiveTopic.broker()");
        assertThat(CLASSES.get("dev.pushwire.push.Recovery").getFields())
                .noneMatch(field -> field.getRawType().getName().equals("dev.pushwire.broker.Broker"));
    }

    @Test
    void everyPackageSaysThatItIsNullMarked() {
        Set<String> unmarked = CLASSES.stream()
                .map(JavaClass::getPackage)
                .filter(each -> !isNullMarked(each))
                .map(JavaPackage::getName)
                .collect(Collectors.toSet());
        assertThat(unmarked).isEmpty();
    }

    private static boolean isNullMarked(JavaPackage each) {
        return each.tryGetPackageInfo()
                .map(info -> info.isAnnotatedWith(NullMarked.class))
                .orElse(false);
    }

    @Test
    void noFileIsTooLong() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(lines(file)).isLessThanOrEqualTo(LONGEST_FILE));
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
