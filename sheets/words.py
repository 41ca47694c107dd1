"""The words over the columns of contact sheets, in the languages of the shops that send them. No rules here.

Words joined by "_" stand for words with a space between them. Latin words must stand whole; those of other
scripts may stand inside a longer word.
"""

PHONE = """
phone phones phoneno phonenumber phone_number mobile mobiles mobileno mobilenumber mob cell_no
cell_number cell_phone cellphone cellular tel telephone telephones telno ph phn contactno
contact_no contact_num contact_number contact_numbers contact_phone cont_no calling_number
msisdn landline whatsapp whatsappno whatsap whats_app watsapp telefono telefon telefone telepon
movil celular cellulare mobil portable handy handynummer rufnummer hp simu मोबाइल मोबाईल मोबाइ
फोन दूरभाष दूरध्वनी भ्रमणध्वनी संपर्क सम्पर्क व्हाट्सएप व्हाट्सअप व्हाट्सऐप মোবাইল ফোন যোগাযোগ
মুঠোফোন મોબાઇલ મોબાઈલ ફોન સંપર્ક ମୋବାଇଲ ଫୋନ ਮੋਬਾਈਲ ਮੋਬਾਇਲ ਫੋਨ ਫ਼ੋਨ வாட்ஸ்அப் கைபேசி தொலைபேசி
மொபைல் அலைபேசி మొబైల్ ఫోన్ ದೂರವಾಣಿ ಮೊಬೈಲ್ ಫೋನ್ മൊബൈൽ ഫോൺ موبائل فون هاتف جوال موبايل رقم телефон
мобильный 手机 手機 电话 電話 携帯 điện_thoại
"""
NAME = """
name names naam fullname customer_name patient_name client_name contact_name contact_person
display_name nombre nom nome nama jina नाम नाव নাম நாமம் பெயர் పేరు ಹೆಸರು പേര് ਨਾਮ ਨਾਂ ନାମ નામ
نام اسم الاسم имя фио 姓名 名前 ชื่อ tên
"""
FIRST_NAME = "first_name given_name fore_name forename fname prenom vorname nombres पहला_नाम प्रथम_नाम"
LAST_NAME = """
last_name sur_name surname family_name lname apellido apellidos nachname cognome उपनाम आडनाव
कुलनाम
"""
EMAIL = "email emails e_mail e_mails mail_id ईमेल ई_मेल ইমেইল மின்னஞ்சல் البريد"
ADDRESS = """
address addr street area locality city town village district state zip zipcode pin pincode
pin_code postal_code location place taluka landmark flat house_no zone direccion adresse ort
stadt ville plz पता पत्ता शहर गांव गाँव जिला पिन ঠিকানা முகவரி સરનામું చిరునామా ವಿಳಾಸ വിലാസം ਪਤਾ
عنوان адрес 地址
"""
AGE = "age edad alter umur आयु उम्र वय বয়স வயது ઉંમર వయస్సు ವಯಸ್ಸು പ്രായം"
BIRTH_DATE = "dob birthdate birth_date date_of_birth birthday bday जन्म geburtsdatum"
GENDER = "gender sex m_f sexo sexe geschlecht लिंग লিঙ্গ பாலினம் લિંગ"
LANGUAGE = "language lang idioma sprache भाषा ভাষা மொழி"
NOTES = """
note notes remark remarks comment comments observation observations nota notas टिप्पणी नोट शेरा
মন্তব্য குறிப்பு
"""
CONSENT = "consent opt_in opted_in optin permission सहमति"
COUNTRY_CODE = "country_code isd isd_code dial_code dialing_code dialling_code calling_code phone_code देश_कोड"

# Headings that would be taken for one of ours by a word in them, and are none.
NONE_OF_OURS = """
fax serial invoice bill order account gst gstin aadhaar aadhar pan doctor medicine drug amount
balance price mrp quantity store_name middle_name user_name file_name company_name shop_name
father_name mother_name husband_name guardian_name father_s_name mother_s_name husband_s_name
school_name city_name phone_type contact_type number_type phone_id contact_id mobile_model
contact_date call_date call_time visit_date bill_date purchase_date registration_date created_at
updated_at last_call last_contact last_visit next_call next_visit
"""
# Beside a phone column these say that it is somebody's second choice.
SECONDARY = """
alt alternate alternative other second secondary home res residence office work landline
land_line tel std emergency relative father mother husband wife son daughter guardian attendant
दूसरा अन्य वैकल्पिक घर
"""
WHATSAPP = "whatsapp whatsappno whatsap whats_app watsapp wa व्हाट्सएप व्हाट्सअप व्हाट्सऐप வாட்ஸ்அப்"
# Instructions in the row under the header.
HINTS = """
required optional mandatory compulsory text number date dd/mm/yyyy dd-mm-yyyy dd/mm/yy
mm/dd/yyyy yyyy-mm-dd m/f male/female yes/no y/n अनिवार्य वैकल्पिक ज़रूरी
"""
