// Prints continuo.ttl: what hosts read of the plugin before they load it. The parameters come from the table that the plugin
// itself has, when it is built.
#include <cstdio>
#include <string>

#include "ports.h"

using namespace continuo;
using plugin::parameter;

namespace {

constexpr char head[] = R"(@prefix atom:  <http://lv2plug.in/ns/ext/atom#> .
@prefix doap:  <http://usefulinc.com/ns/doap#> .
@prefix foaf:  <http://xmlns.com/foaf/0.1/> .
@prefix log:   <http://lv2plug.in/ns/ext/log#> .
@prefix lv2:   <http://lv2plug.in/ns/lv2core#> .
@prefix midi:  <http://lv2plug.in/ns/ext/midi#> .
@prefix pprop: <http://lv2plug.in/ns/ext/port-props#> .
@prefix rdf:   <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs:  <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rsz:   <http://lv2plug.in/ns/ext/resize-port#> .
@prefix state: <http://lv2plug.in/ns/ext/state#> .
@prefix time:  <http://lv2plug.in/ns/ext/time#> .
@prefix urid:  <http://lv2plug.in/ns/ext/urid#> .

<urn:continuo:project>
	a doap:Project ;
	doap:name "Continuo" ;
	doap:maintainer [
		a foaf:Person ;
		foaf:name "Continuo"
	] .

<urn:continuo:player>
	a lv2:Plugin ,
		lv2:MIDIPlugin ,
		lv2:InstrumentPlugin ;
	doap:name "Continuo" ;
	doap:license <http://www.apache.org/licenses/LICENSE-2.0> ;
	lv2:project <urn:continuo:project> ;
	lv2:minorVersion 0 ;
	lv2:microVersion 4 ;
	lv2:requiredFeature urid:map ;
	lv2:optionalFeature lv2:hardRTCapable ,
		log:log ;
	lv2:extensionData state:interface ;
	lv2:port [
		a lv2:InputPort ,
			atom:AtomPort ;
		atom:bufferType atom:Sequence ;
		atom:supports midi:MidiEvent ,
			time:Position ;
		lv2:designation lv2:control ;
		rsz:minimumSize 16384 ;
		lv2:index 0 ;
		lv2:symbol "in" ;
		lv2:name "What you play"
	] , [
		a lv2:OutputPort ,
			atom:AtomPort ;
		atom:bufferType atom:Sequence ;
		atom:supports midi:MidiEvent ,
			state:StateChanged ;
		lv2:designation lv2:control ;
		rsz:minimumSize 16384 ;
		lv2:index 1 ;
		lv2:symbol "out" ;
		lv2:name "What it plays"
	] , [
		a lv2:OutputPort ,
			lv2:AudioPort ;
		lv2:index 2 ;
		lv2:symbol "left" ;
		lv2:name "Silence, left"
	] , [
		a lv2:OutputPort ,
			lv2:AudioPort ;
		lv2:index 3 ;
		lv2:symbol "right" ;
		lv2:name "Silence, right"
	] , [
		a lv2:InputPort ,
			lv2:ControlPort ;
		lv2:designation lv2:freeWheeling ;
		lv2:portProperty lv2:toggled ,
			pprop:notOnGUI ;
		lv2:index 4 ;
		lv2:symbol "freewheel" ;
		lv2:name "Host renders" ;
		lv2:default 0 ;
		lv2:minimum 0 ;
		lv2:maximum 1
	])";

void point(const char* label, double value) {
  std::printf(" ;\n\t\tlv2:scalePoint [ rdfs:label \"%s\" ; rdf:value %g ]", label, value);
}

void control(const parameter& what) {
  const bool button = what.reach == parameter::button;
  std::printf(" , [\n\t\ta lv2:InputPort ,\n\t\t\tlv2:ControlPort ;\n");
  std::printf("\t\tlv2:index %u ;\n\t\tlv2:symbol \"%s\" ;\n\t\tlv2:name \"%s\" ;\n", unsigned{lv2::first_parameter} + unsigned{what.id}, what.symbol, what.name);
  std::printf("\t\trdfs:comment \"%s\" ;\n", what.help);
  std::printf("\t\tlv2:default %g ;\n\t\tlv2:minimum %g ;\n\t\tlv2:maximum %g", what.usual, what.least, what.most);
  if (button) std::printf(" ;\n\t\tlv2:portProperty lv2:toggled ,\n\t\t\tpprop:trigger");
  else if (what.labels != nullptr) std::printf(" ;\n\t\tlv2:portProperty lv2:integer ,\n\t\t\tlv2:enumeration");
  else if (what.stepped) std::printf(" ;\n\t\tlv2:portProperty lv2:integer");
  for (double v = what.least; !button && what.labels != nullptr && v <= what.most; v++) point(what.labels[static_cast<int>(v - what.least)], v);
  if (what.first != nullptr) point(what.first, what.least);
  std::printf("\n\t]");
}

}  // namespace

int main() {
  std::fputs(head, stdout);
  for (std::uint32_t i = 0; i < plugin::parameter_count; i++) control(plugin::parameter_at(i));
  std::fputs(" .\n", stdout);
  return std::ferror(stdout) != 0;
}
